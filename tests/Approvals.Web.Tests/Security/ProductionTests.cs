using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Approvals.Web.Cli;
using Approvals.Web.Tests.Account;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Security;

/// <summary>What differs where real people work: no accounts of ours, TLS, keys encrypted, the first administrator.</summary>
public sealed class ProductionTests
{
    private const string Address = "https://approvals.example";

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

        // A program is not sent on, or it would go on sending its token readable each time.
        var program = await plain.GetAsync("/api/v1/tasks");
        Assert.Equal((HttpStatusCode.Forbidden, null), (program.Status, program.Location));
        Assert.Equal("application/problem+json", program.Message.Content.Headers.ContentType!.MediaType);
        Assert.Contains("urn:approvals:tls-required", program.Text);
        Assert.Equal((HttpStatusCode.Forbidden, null), await AnswerAsync("/openapi/v1.json"));
        Assert.Equal((HttpStatusCode.Forbidden, null), await AnswerAsync("/elsa/api/workflow-definitions"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await proxied.GetAsync("/api/v1/tasks")).Status);

        // Language and letter size, too, and they are read again under that name.
        using var secure = app.Browser(Address);
        var chosen = await secure.PostAsync((await secure.GetAsync("/account/sign-in")).Form("/preferences/language").Set("back", "/account/sign-in"));
        var large = await secure.PostAsync((await secure.GetAsync(chosen.Location!)).Form("/preferences/large-text").Set("back", "/account/sign-in"));
        foreach (var answer in new[] { chosen, large })
        {
            var cookie = Assert.Single(answer.Message.Headers.GetValues("Set-Cookie"));
            Assert.StartsWith("__Host-", cookie);
            Assert.Contains("; secure;", cookie);
            Assert.Contains("; path=/;", cookie);
        }

        Assert.Contains("lang=\"en\" class=\"large-text\"", (await secure.GetAsync("/account/sign-in")).Text);

        async Task<(HttpStatusCode, string?)> AnswerAsync(string address)
        {
            var answer = await plain.GetAsync(address);
            return (answer.Status, answer.Location);
        }
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
        Assert.DoesNotContain(logs.Lines, line => line.Contains("unencrypted", StringComparison.Ordinal));
        File.Delete(file);
    }

    [Fact]
    public async Task Keys_are_encrypted_by_a_file_outside_the_database_and_a_database_alone_signs_nobody_in()
    {
        var folder = Directory.CreateTempSubdirectory("approvals-keys-").FullName;
        var keys = Path.Combine(folder, "keys");
        string cookie;
        await using (var app = Production(Kept(folder, keys)))
        {
            using var browser = app.Browser(Address);
            Environment.SetEnvironmentVariable("APPROVALS_ADMIN_PASSWORD", "Erster-2026-geheim");
            Assert.Equal(0, await CreateAsync(app, "first"));
            cookie = (await People.TryAsync(browser, "first", "Erster-2026-geheim")).Message.Headers.GetValues("Set-Cookie")
                .Single(one => one.StartsWith("approvals=", StringComparison.Ordinal)).Split(';')[0];
            var key = Assert.Single(await app.DatabaseAsync(db => db.DataProtectionKeys.Select(row => row.Xml!).ToListAsync(Stop)));
            Assert.Contains("AES-256-GCM", key);
            Assert.DoesNotContain("<masterKey", key);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(keys, "cookie-keys.secret")));
            }
        }

        Assert.Equal(HttpStatusCode.OK, await ProfileAsync(Kept(folder, keys), cookie));
        Assert.Equal(HttpStatusCode.Redirect, await ProfileAsync(Kept(folder, Path.Combine(folder, "other-keys")), cookie));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Folders_of_data_are_closed_to_other_users_of_the_machine_and_one_that_was_opened_is_left_so_with_a_word()
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        const UnixFileMode Wide = Own | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
        var data = Path.Combine(Directory.CreateTempSubdirectory("approvals-modes-").FullName, "data");
        var (first, second) = (new LogCapture(), new LogCapture());
        string[] folders = [data, Path.Combine(data, "files"), Path.Combine(data, "mail"), Path.Combine(data, "keys")];
        await using (var app = Closed(first))
        {
            using var browser = app.Browser(Address);
            await browser.GetAsync("/account/sign-in");
            foreach (var folder in folders)
                Assert.Equal((folder, Own), (folder, File.GetUnixFileMode(folder)));
        }

        File.SetUnixFileMode(folders[0], Wide);
        File.SetUnixFileMode(folders[1], Wide);
        await using (var app = Closed(second))
        {
            using var browser = app.Browser(Address);
            await browser.GetAsync("/account/sign-in");
            Assert.Equal((Wide, Wide), (File.GetUnixFileMode(folders[0]), File.GetUnixFileMode(folders[1])));
        }

        Assert.DoesNotContain(first.Lines, line => line.Contains("other users", StringComparison.Ordinal));
        Assert.Contains(folders[1], Assert.Single(second.Lines, line => line.Contains("other users", StringComparison.Ordinal)));
        Directory.Delete(Path.GetDirectoryName(data)!, recursive: true);

        TestApp Closed(LogCapture logs) => new()
        {
            Environment = "Production", Folder = data, KeepsFolder = true, Settings = LogCapture.ShippedLevels, Replace = logs.AddTo,
        };
    }

    [Fact]
    public async Task A_key_that_was_stored_unencrypted_is_revoked_once()
    {
        var folder = Directory.CreateTempSubdirectory("approvals-keys-").FullName;
        var keys = Path.Combine(folder, "keys");
        await using (var app = Production(Kept(folder, keys)))
        {
            using var browser = app.Browser(Address);
            await browser.GetAsync("/account/sign-in");
            await app.DatabaseAsync(async db =>
            {
                var provider = DataProtectionProvider.Create(new DirectoryInfo(Path.Combine(folder, "open")));
                provider.CreateProtector("any").Protect("any");
                db.DataProtectionKeys.Add(new DataProtectionKey
                {
                    FriendlyName = "open", Xml = await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(folder, "open")).Single(), Stop),
                });
                return await db.SaveChangesAsync(Stop);
            });
        }

        for (var start = 0; start < 2; start++)
        {
            await using var app = Production(Kept(folder, keys));
            using var browser = app.Browser(Address);
            await browser.GetAsync("/account/sign-in");
            Assert.Equal(1, await app.DatabaseAsync(db => db.DataProtectionKeys.CountAsync(row => row.Xml!.StartsWith("<revocation"), Stop)));
        }

        Directory.Delete(folder, recursive: true);
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

    [Fact]
    public async Task Keys_are_exchanged_by_commands_and_the_audit_says_so()
    {
        await using var app = Production();
        Assert.Equal(2, await RunAsync("keys", "new", "cookies"));
        Assert.Equal(2, await RunAsync("keys", "new"));
        Assert.Equal(0, await RunAsync("keys", "new", "payee-accounts"));
        Assert.Equal(0, await RunAsync("keys", "new", "payee-accounts"));
        Assert.Equal(0, await RunAsync("keys", "new", "draw-secret"));
        Assert.Equal(0, await RunAsync("keys", "seal"));
        Assert.Equal(0, await RunAsync("keys", "list"));

        var entries = await app.DatabaseAsync(db => db.AuditEntries.Where(one => one.Action == "key.made")
            .OrderBy(one => one.Sequence).Select(one => one.SubjectId + one.Details).ToListAsync(Stop));
        Assert.Equal(["""payee-accounts{"key":1}""", """payee-accounts{"key":2}""", """draw-secret{"key":1}"""], entries);

        Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(app.Services, arguments);
    }

    /// <summary>A host on data that outlives it.</summary>
    private static Dictionary<string, string?> Kept(string folder, string keys) => new()
    {
        ["ConnectionStrings:Approvals"] = $"Data Source={Path.Combine(folder, "kept.db")}", ["Data:KeyFolder"] = keys,
    };

    private static async Task<HttpStatusCode> ProfileAsync(Dictionary<string, string?> settings, string cookie)
    {
        await using var app = Production(settings);
        using var browser = app.Browser(Address);
        browser.Client.DefaultRequestHeaders.Add("Cookie", cookie);
        return (await browser.GetAsync("/profile")).Status;
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
