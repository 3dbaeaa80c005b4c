using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Approvals.Web.Cli;
using Approvals.Web.Tests.Account;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Security;

/// <summary>What differs where real people work: no accounts of ours, TLS, keys encrypted, the first administrator.</summary>
public sealed class ProductionTests
{
    private const string Address = "https://approvals.example";

    private const string WarningOfOpenKeys = "lie unencrypted in the database";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_account_exists_and_none_is_offered()
    {
        await using var app = Production();
        using var browser = app.Browser(Address);

        var page = await browser.GetAsync("/account/sign-in");
        var tried = await People.TryAsync(browser, "wangqiang", People.Password);

        Assert.DoesNotContain("data-demo", page.Text);
        Assert.DoesNotContain(People.Password, page.Text);
        Assert.Null(tried.Location);
        Assert.False(await app.DatabaseAsync(db => db.Users.AnyAsync(Stop)));
        Assert.False(await app.DatabaseAsync(db => db.People.AnyAsync(Stop)));
    }

    [Fact]
    public async Task Whoever_comes_by_http_is_sent_to_https_and_kept_there()
    {
        await using var app = Production(new() { ["Https:Redirect"] = "true" });
        using var plain = app.Browser("http://approvals.example");
        using var proxied = app.Browser("http://approvals.example");
        proxied.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        var sent = await plain.GetAsync("/account/sign-in");
        var behind = await proxied.GetAsync("/account/sign-in");

        Assert.Equal((HttpStatusCode.PermanentRedirect, Address + "/account/sign-in"), (sent.Status, sent.Location));
        Assert.Equal(HttpStatusCode.OK, behind.Status);
        Assert.Equal("max-age=31536000; includeSubDomains", behind.Message.Headers.GetValues("Strict-Transport-Security").Single());
        Assert.All(behind.Message.Headers.GetValues("Set-Cookie"), cookie => Assert.StartsWith("__Host-", cookie));
        Assert.Contains("max-age=31536000", behind.Message.Headers.GetValues("Strict-Transport-Security").Single());
        Assert.Contains("secure", behind.Message.Headers.GetValues("Set-Cookie").First());
        Assert.Equal(HttpStatusCode.OK, (await plain.GetAsync("/health/live")).Status);
    }

    [Fact]
    public async Task Keys_are_encrypted_by_the_configured_certificate_and_read_again_with_it()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("approvals-keys-").FullName, "keys.pfx");
        await File.WriteAllBytesAsync(file, Certificate("pfx-password"), Stop);
        var logs = new LogCapture();
        await using var app = Production(
            new() { ["DataProtection:CertificatePath"] = file, ["DataProtection:CertificatePassword"] = "pfx-password" }, logs);
        using var browser = app.Browser(Address);

        await People.TryAsync(browser, "nobody", "wrong");

        var key = Assert.Single(await app.DatabaseAsync(db => db.DataProtectionKeys.Select(row => row.Xml!).ToListAsync(Stop)));
        Assert.Contains("EncryptedData", key);
        Assert.DoesNotContain("<masterKey", key);
        Assert.DoesNotContain(logs.Lines, line => line.Contains(WarningOfOpenKeys, StringComparison.Ordinal));
        File.Delete(file);
    }

    [Fact]
    public async Task Without_a_certificate_one_warning_says_so()
    {
        var logs = new LogCapture();
        await using var app = Production(logs: logs);
        using var browser = app.Browser(Address);

        await browser.GetAsync("/account/sign-in");
        await browser.GetAsync("/account/sign-in");

        Assert.Single(logs.Lines, line => line.Contains(WarningOfOpenKeys, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_first_administrator_is_made_by_command_another_only_by_force_and_the_audit_says_so()
    {
        await using var app = Production();
        using var browser = app.Browser(Address);
        Environment.SetEnvironmentVariable("APPROVALS_ADMIN_PASSWORD", "Erster-2026-geheim");

        Assert.Equal(0, await CreateAsync(app, "first"));
        Assert.Equal(1, await CreateAsync(app, "second"));
        Assert.Equal(0, await CreateAsync(app, "second", "--role", "system-admin", "--force"));

        Assert.Equal("/inbox", (await People.TryAsync(browser, "first", "Erster-2026-geheim")).Location);
        var entries = await app.DatabaseAsync(db => db.AuditEntries.Where(one => one.Action == "account.administrator-created")
            .OrderBy(one => one.Sequence).Select(one => one.Details).ToListAsync(Stop));
        Assert.Equal(["""{"forced":false,"role":"security-admin"}""", """{"forced":true,"role":"system-admin"}"""], entries);
    }

    private static Task<int> CreateAsync(TestApp app, string userName, params string[] more) => CommandLine.RunAsync(
        app.Services, ["create-admin", "--user", userName, "--name", "管理员", .. more]);

    private static TestApp Production(Dictionary<string, string?>? settings = null, LogCapture? logs = null) =>
        new()
        {
            Environment = "Production",
            Settings = settings ?? [],
            Replace = services => logs?.AddTo(services),
        };

    private static byte[] Certificate(string password)
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=approvals keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        return certificate.Export(X509ContentType.Pkcs12, password);
    }
}
