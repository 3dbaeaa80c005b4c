using System.Net;
using System.Text.RegularExpressions;
using Approvals.Core.Organisation;
using Approvals.Web.Tests.Infrastructure;
using Approvals.Web.Tests.Security.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Security;

/// <summary>What every answer owes: its kind, no copy in a cache, nothing of the inside; and what has no answer at all.</summary>
public sealed class ServerAnswersTests(ServerAnswersTests.Running running) : IClassFixture<ServerAnswersTests.Running>
{
    private static readonly string[] Secrets = ["Password", "Current", "New", "Again", "Secret", "secret"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Each page that needs no thing, as somebody whom no policy stops.</summary>
    [Fact]
    public async Task No_page_of_somebody_signed_in_stays_in_a_cache_each_has_the_way_out_and_none_shows_a_password()
    {
        using var browser = await running.SignedInWithEveryRoleAsync();
        using var stranger = running.App.Browser();
        var (pages, fields) = (0, Passwords("/account/sign-in", (await stranger.GetAsync("/account/sign-in")).Text));
        foreach (var door in (await Door.AllAsync(running.App.Services)).Where(IsPlainPage))
        {
            var page = await browser.GetAsync(door.Pattern);
            if (page.Status != HttpStatusCode.OK || page.Message.Content.Headers.ContentType?.MediaType != "text/html")
                continue;
            pages++;
            fields += Passwords(door.Pattern, page.Text);
            Assert.True(page.Message.Headers.CacheControl?.NoStore, door.Pattern);
            Assert.True(page.Text.Contains("\"/account/sign-out\"", StringComparison.Ordinal), $"{door.Pattern}: no way out.");
        }

        Assert.True(pages > 30, $"Only {pages} pages were looked at.");
        Assert.True(fields >= 6, $"Only {fields} fields of passwords were looked at.");
    }

    [Theory]
    [InlineData("/account/sign-in", "text/html")]
    [InlineData("/no-such-page", "text/html")]
    [InlineData("/health/ready", "application/json")]
    [InlineData("/css/site.css", "text/css")]
    [InlineData("/js/site.js", "text/javascript")]
    [InlineData("/api/v1/tasks", "application/problem+json")]
    public async Task Every_kind_of_answer_says_what_it_is_and_text_in_which_letters(string address, string type)
    {
        using var browser = running.App.Browser();

        var content = (await browser.GetAsync(address)).Message.Content.Headers.ContentType;

        Assert.Equal(type, content?.MediaType);
        if (type.StartsWith("text/", StringComparison.Ordinal))
            Assert.Equal("utf-8", content?.CharSet);
    }

    [Theory]
    [InlineData("/.git/config")]
    [InlineData("/appsettings.json")]
    [InlineData("/Approvals.Web.dll")]
    [InlineData("/web.config")]
    [InlineData("/css/")]
    [InlineData("/js")]
    [InlineData("/..%2fappsettings.json")]
    [InlineData("/css/..%2f..%2fappsettings.json")]
    [InlineData("/css/%252e%252e%252fappsettings.json")]
    public async Task What_is_no_page_or_file_of_ours_is_not_found(string address)
    {
        using var browser = running.App.Browser();

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(address)).Status);
    }

    [Theory]
    [InlineData("TRACE", "/")]
    [InlineData("TRACE", "/account/sign-in")]
    [InlineData("TRACE", "/api/v1/tasks")]
    [InlineData("TRACK", "/css/site.css")]
    [InlineData("PROPFIND", "/public/notices")]
    public async Task A_method_that_nothing_knows_is_refused_and_echoes_nothing(string method, string address)
    {
        using var browser = running.App.Browser();
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Headers.Add("X-Secret", "echoed-back");

        using var answer = await browser.Client.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.DoesNotContain("echoed-back", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("203.0.113.9", false)]
    public async Task What_a_proxy_says_counts_from_this_machine_and_from_nobody_else(string from, bool isBelieved)
    {
        var context = await SendAsync("GET", from, asked =>
        {
            asked.Request.Headers["X-Forwarded-Proto"] = "https";
            asked.Request.Headers["X-Forwarded-For"] = "198.51.100.7";
        });

        Assert.Equal(isBelieved, context.Request.IsHttps);
        Assert.Equal(isBelieved ? "198.51.100.7" : from, context.Connection.RemoteIpAddress?.ToString());
    }

    [Fact]
    public async Task Signing_in_from_one_address_is_slowed_down_and_from_others_is_not()
    {
        var last = 0;
        for (var attempt = 0; attempt <= 60; attempt++)
            last = (await SendAsync("POST", "203.0.113.77")).Response.StatusCode;

        Assert.Equal(StatusCodes.Status429TooManyRequests, last);
        Assert.Equal(StatusCodes.Status400BadRequest, (await SendAsync("POST", "203.0.113.78")).Response.StatusCode);
    }

    [Fact]
    public async Task A_refusal_and_a_form_without_its_token_are_lines_of_the_log_with_their_route()
    {
        using var browser = await running.App.SignedInAsync("liuzhiqiang");

        await browser.GetAsync("/finance");
        using var form = new FormUrlEncodedContent([new("language", "en")]);
        using var answer = await browser.Client.PostAsync("/preferences/language", form, Stop);

        foreach (var (route, status) in new[] { ("/finance", 403), ("/preferences/language", 400) })
        {
            // The line is written when the request has ended, which may be a moment after its answer was read.
            string[] words = [$"\"Route\":\"{route}\"", $"\"StatusCode\":{status}", "\"@l\":\"Warning\""];
            Assert.True(
                SpinWait.SpinUntil(() => running.Logs.Lines.Any(line => words.All(line.Contains)), TimeSpan.FromSeconds(20)),
                $"{route} {status}");
        }
    }

    [Fact]
    public async Task The_name_of_a_file_breaks_no_header()
    {
        using var applicant = await running.App.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        var file = await running.App.DatabaseAsync(
            db => db.Attachments.Where(row => row.CaseId == caseId).Select(row => row.Id).FirstAsync(Stop));
        await running.App.DatabaseAsync(db => db.Attachments.Where(row => row.Id == file)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.FileName, "照片\";\r\nSet-Cookie: a=b; \".jpg"), Stop));

        using var answer = await applicant.Client.GetAsync($"/cases/{caseId}/files/{file}", Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        var header = Assert.Single(answer.Content.Headers.GetValues("Content-Disposition"));
        Assert.Matches(@"^inline; filename=""(?:[^""\\\r\n]|\\.)*""; filename\*=UTF-8''[A-Za-z0-9%._~!#$&+^`|-]+$", header);
    }

    [Fact]
    public async Task A_fault_says_nothing_of_its_inside_and_its_cause_is_in_the_log()
    {
        var logs = new LogCapture();
        await using var app = new TestApp
        {
            Environment = "Production", Settings = LogCapture.ShippedLevels, Replace = logs.AddTo, RunsJobs = false,
        };
        using var browser = app.Browser("https://approvals.example");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/public/notices")).Status);
        await app.DatabaseAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE \"Notices\" RENAME TO \"Gone\"", Stop));

        var page = await browser.GetAsync("/public/notices");

        Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
        Assert.DoesNotMatch(@"Sqlite|no such table|Exception|\bat Approvals|\.cs\b", page.Text);
        string[] words = ["no such table", "\"@l\":\"Error\""];
        Assert.Contains(logs.Lines, line => words.All(line.Contains));
    }

    private static bool IsPlainPage(Door door) => door is { Method: "GET", Handler: null } && !door.Pattern.Contains('{')
        && !door.Pattern.StartsWith("/elsa/", StringComparison.Ordinal);

    /// <summary>How many fields of secrets a page has; each hides what is typed, and password managers may fill it in.</summary>
    private static int Passwords(string address, string text)
    {
        var fields = Regex.Matches(text, "<input[^>]*>").Select(field => field.Value)
            .Where(field => Secrets.Contains(Regex.Match(field, "name=\"([^\"]+)\"").Groups[1].Value))
            .Where(field => !field.Contains("type=\"hidden\"", StringComparison.Ordinal)).ToList();
        Assert.All(fields, field =>
        {
            Assert.True(field.Contains("type=\"password\"", StringComparison.Ordinal), $"{address}: {field}");
            Assert.Matches("autocomplete=\"(current|new)-password\"", field);
        });
        return fields.Count;
    }

    private Task<HttpContext> SendAsync(string method, string from, Action<HttpContext>? more = null) =>
        running.App.Server.SendAsync(
            asked =>
            {
                (asked.Request.Method, asked.Request.Path, asked.Request.Host) = (method, "/account/sign-in", new("localhost"));
                asked.Connection.RemoteIpAddress = IPAddress.Parse(from);
                more?.Invoke(asked);
            },
            Stop);

    /// <summary>One product for the class, with its logs and the limits as shipped.</summary>
    public sealed class Running : IAsyncLifetime
    {
        public Running() => App = new TestApp
        {
            Settings = new Dictionary<string, string?>(LogCapture.ShippedLevels) { ["RateLimits:PerAddressPerMinute"] = "60" },
            Replace = Logs.AddTo, RunsJobs = false,
        };

        public LogCapture Logs { get; } = new();

        public TestApp App { get; }

        /// <summary>Somebody whom no policy stops.</summary>
        public async Task<Browser> SignedInWithEveryRoleAsync()
        {
            await App.DatabaseAsync(async db =>
            {
                var person = await db.People.SingleAsync(one => one.Name == "王强", Stop);
                db.RoleAssignments.AddRange(Roles.All.Select(role => new RoleAssignment { PersonId = person.Id, Role = role }));
                return await db.SaveChangesAsync(Stop);
            });
            return await App.SignedInAsync("wangqiang");
        }

        public ValueTask InitializeAsync()
        {
            // Starts it.
            _ = App.Services;
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
