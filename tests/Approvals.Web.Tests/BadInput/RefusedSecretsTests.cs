using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Approvals.Web.Tests.Api;
using Approvals.Web.Tests.Infrastructure;
using Approvals.Web.Tests.Studio;

namespace Approvals.Web.Tests.BadInput;

/// <summary>
/// What somebody typed — identity number, bank account, telephone, password — stands in no line of the log when it was refused,
/// wherever it was typed: in its own field, in the field beside, as a name, in the address, in JSON that cannot be read.
/// </summary>
public sealed class RefusedSecretsTests(RefusedSecretsTests.Running running) : IClassFixture<RefusedSecretsTests.Running>
{
    private const string Card = "6222020000000009999";
    private const string Phone = "13912349876";
    private const string Password = "Mima-Neirong-7391";

    private static readonly string Number = Applications.IdentityNumber("50010119760712337");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refused_by_pages()
    {
        using var applicant = await running.App.SignedInAsync("liuzhiqiang");
        using var cashier = await running.App.SignedInAsync("mengqiu");
        using var system = await running.App.SignedInAsync("xitong");
        using var stranger = running.App.Browser();

        // Bank account: a digit wrong, the password wrong, the number in the field of the name.
        var account = (await applicant.GetAsync("/profile/account")).Form("name=\"secret\"").Set("identityNumber", Number);
        await RefusedAsync(applicant, account.Set("number", Card).Set("bankName", Card).Set("secret", Password));
        await RefusedAsync(applicant, account.Set("identityNumber", Number[..17]).Set("holder", Phone));

        // Password: in the field of the user name, too short a new one, the present one wrong.
        var signIn = (await stranger.GetAsync("/account/sign-in")).Form("autocomplete=\"username\"");
        await RefusedAsync(stranger, signIn.Set("UserName", Password).Set("Password", Password));
        await RefusedAsync(stranger, signIn.Set("UserName", Number).Set("Password", Phone));
        var change = (await applicant.GetAsync("/account/password")).Form("name=\"Current\"");
        await RefusedAsync(applicant, change.Set("Current", Password).Set("New", Password).Set("Again", Password));
        await RefusedAsync(applicant, change.Set("Current", Applications.Password).Set("New", Phone).Set("Again", Card));

        // Application: every text field, and what no field is called.
        var draft = (await Applications.DraftAsync(applicant)).Form("id=\"draft\"");
        await RefusedAsync(applicant, draft.Set("data.identityNumber", Number[..17] + "A").Set("data.phone", Card)
            .Set("data.specialty", Phone).Set("data.commandHistory[0].from", Number).Set($"data.{Number}", Phone)
            .Set($"data.commandHistory[{Card}].from", Phone).Set("RowVersion", Card).Set("act", "submit"));

        // A person's own telephone; a new colleague; a search by number that finds nobody; a form without its token.
        var profile = (await applicant.GetAsync("/profile")).Form("name=\"Phone\"");
        await RefusedAsync(applicant, profile.Set("Phone", Card).Set("Email", Number));
        var added = (await system.GetAsync("/admin/people")).Form("name=\"UserName\"");
        await RefusedAsync(system, added.Set("Name", "").Set("UserName", Number + " " + Phone));
        await cashier.PostAsync((await cashier.GetAsync("/finance/accounts")).Form("role=\"search\"").Set("term", Number));
        await RefusedAsync(applicant, profile.Set("__RequestVerificationToken", Password).Set("Phone", Phone));

        // Addresses that are none.
        string[] addresses = ["/cases/NUMBER", "/check/CARD?name=PHONE", "/PHONE", "/finance/accounts/NUMBER?handler=CARD"];
        foreach (var address in addresses)
            await applicant.GetAsync(Fill(address));
        running.AssertSilentAbout(Card, Phone, Password, Number, Number[..17], Applications.Password);
    }

    [Fact]
    public async Task Refused_by_the_api_and_the_designer()
    {
        using var applicant = await ApiClient.AsAsync(running.App, "liuzhiqiang");
        using var owner = await StudioClient.AsAsync(running.App, StudioClient.Owner);
        string[] bodies =
        [
            """{"process":"NUMBER"}""", """{"process":"commander-appointment","fields":"CARD"}""",
            """{"process":"commander-appointment","fields":{"NUMBER":"PHONE"}}""", """{"process":"PHONE","CARD":"PHONE"}""",
            """{"process":"commander-appointment","submit":"PHONE"}""", """{"process":"NUMBER", CARD """, "NUMBER PASSWORD",
            """{"process":"commander-appointment","submit":true,"fields":{"identityNumber":"NUMBERA","phone":"CARD"}}""",
            "\"PASSWORD\"", "[CARD",
        ];
        foreach (var body in bodies)
            await RefusedAsync(applicant.Client, HttpMethod.Post, "/api/v1/cases", Json(body));
        var task = $"/api/v1/tasks/{Guid.NewGuid()}";
        string[] decisions =
            ["""{"kind":"CARD","secret":"PASSWORD"}""", """{"kind":"approve","shownHash":"CARD","secret":"PASSWORD"}"""];
        foreach (var body in decisions)
            await RefusedAsync(applicant.Client, HttpMethod.Post, $"{task}/decision", Json(body));
        await RefusedAsync(applicant.Client, HttpMethod.Post, $"{task}/hand-over", Json("""{"to":"NUMBER","reason":"PHONE"}"""));
        string[] addresses = ["cases/NUMBER", "cases/readable?status=CARD&section=NUMBER", "tasks?state=PHONE", "CARD"];
        foreach (var address in addresses)
            await RefusedAsync(applicant.Client, HttpMethod.Get, Fill($"/api/v1/{address}"), null);
        using (var stranger = running.App.CreateClient())
        {
            stranger.DefaultRequestHeaders.TryAddWithoutValidation("Idempotency-Key", $"{Number} {Phone}");
            stranger.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {Password}");
            stranger.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", $"Wrong/{Phone}");
            await RefusedAsync(stranger, HttpMethod.Post, "/api/v1/cases", Json("{}"));
        }

        using var file = new MultipartFormDataContent { { new ByteArrayContent("MZ"u8.ToArray()), "file", $"{Number}.png" } };
        await RefusedAsync(applicant.Client, HttpMethod.Post, $"/api/v1/cases/{Guid.NewGuid()}/attachments/{Card}", file);
        string[] definitions =
            ["""{"model":"NUMBER"}""", """{"CARD":PHONE""", "PASSWORD", """{"definitionId":"NUMBER","version":"CARD"}"""];
        foreach (var body in definitions)
        {
            foreach (var (method, path) in new[] { ("POST", ""), ("POST", "/import"), ("PUT", $"/{Card}/import") })
            {
                var answer = await owner.SendAsync(new HttpMethod(method), $"/workflow-definitions{path}", Json(body));
                Assert.True((int)answer.Status is >= 400 and < 500, $"{path}: {body}: {answer.Status}");
            }
        }

        var part = new ByteArrayContent(Encoding.UTF8.GetBytes($"{{{Password}"));
        part.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var files = new MultipartFormDataContent { { part, "file", $"{Phone}.json" } };
        var imported = await owner.SendAsync(HttpMethod.Post, "/workflow-definitions/import-files", files);
        Assert.Equal(HttpStatusCode.BadRequest, imported.Status);
        running.AssertSilentAbout(Card, Phone, Password, Number, Number[..17]);
    }

    private static StringContent Json(string text) => new(Fill(text), Encoding.UTF8, "application/json");

    private static string Fill(string text) => text.Replace("NUMBER", Number, StringComparison.Ordinal)
        .Replace("CARD", Card, StringComparison.Ordinal).Replace("PHONE", Phone, StringComparison.Ordinal)
        .Replace("PASSWORD", Password, StringComparison.Ordinal);

    private static async Task RefusedAsync(Browser browser, HtmlForm form)
    {
        var answer = await browser.PostAsync(form);
        Assert.True(answer.Location is null, $"{form.Action} took it and led to {answer.Location}.");
        Assert.True((int)answer.Status < 500, answer.Text);
    }

    private static async Task RefusedAsync(HttpClient client, HttpMethod method, string address, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        using var answer = await client.SendAsync(request, Stop);
        Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{method} {address}: {answer.StatusCode}");
    }

    /// <summary>One product for the class, with its logs as shipped.</summary>
    public sealed class Running : IAsyncLifetime
    {
        private readonly LogCapture logs = new();

        public Running() => App = new TestApp { Settings = LogCapture.ShippedLevels, Replace = logs.AddTo, RunsJobs = false };

        public TestApp App { get; }

        public void AssertSilentAbout(params string[] secrets)
        {
            // The lines of the last requests are written when those have ended, maybe a moment after their answers were read.
            Assert.True(SpinWait.SpinUntil(
                () => logs.Lines.Count(line => line.Contains("\"StatusCode\":4")) > 3, TimeSpan.FromSeconds(20)));
            foreach (var secret in secrets.SelectMany(Spellings))
                Assert.DoesNotContain(logs.Lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }

        private static IEnumerable<string> Spellings(string secret) =>
            [secret, Uri.EscapeDataString(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))];

        public ValueTask InitializeAsync() => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
