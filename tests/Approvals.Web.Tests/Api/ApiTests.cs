using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Api;

public sealed class ApiTests(ApiTests.Running running) : IClassFixture<ApiTests.Running>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_api_describes_itself()
    {
        using var browser = running.App.Browser();

        var document = JsonNode.Parse((await browser.GetAsync("/openapi/v1.json")).Text)!;

        Assert.NotNull(document["paths"]!["/api/v1/tasks/{id}/decision"]!["post"]);
        Assert.NotNull(document["paths"]!["/api/v1/cases"]!["post"]);
    }

    [Fact]
    public async Task A_stranger_gets_problem_details_and_no_page()
    {
        using var browser = running.App.Browser();

        var answer = await browser.GetAsync("/api/v1/tasks");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("application/problem+json", answer.Message.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_case_goes_from_draft_to_decision_over_the_api()
    {
        using var applicant = await running.ClientAsync("liuzhiqiang");
        using var started = await applicant.PostAsJsonAsync("/api/v1/cases", new { process = "commander-appointment", data = Data() }, Stop);
        Assert.Equal(HttpStatusCode.Created, started.StatusCode);
        var id = (await started.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetGuid();
        using var photo = new MultipartFormDataContent { { new ByteArrayContent(Applications.Picture()), "file", "photo.png" } };
        using var attached = await applicant.PostAsync($"/api/v1/cases/{id}/files/photo", photo, Stop);
        Assert.Equal(HttpStatusCode.Created, attached.StatusCode);

        using var submitted = await applicant.PostAsJsonAsync($"/api/v1/cases/{id}/submit", new { }, Stop);

        Assert.True(submitted.IsSuccessStatusCode, await submitted.Content.ReadAsStringAsync(Stop));
        using var representative = await running.ClientAsync("chenguihua");
        var tasks = await representative.GetFromJsonAsync<JsonElement>("/api/v1/tasks", Stop);
        var row = tasks.GetProperty("tasks").EnumerateArray().Single(task => task.GetProperty("caseId").GetGuid() == id);
        var task = await representative.GetFromJsonAsync<JsonElement>($"/api/v1/tasks/{row.GetProperty("id").GetGuid()}", Stop);
        using var decided = await representative.PostAsJsonAsync(
            $"/api/v1/tasks/{row.GetProperty("id").GetGuid()}/decision",
            new
            {
                kind = "Return", returnTo = "apply", shownHash = task.GetProperty("shownHash").GetString(), opinion = "请补充体检证明",
                method = "Drawn", drawing = Applications.Drawing.Split(',')[1], secret = Applications.Password,
            },
            Stop);
        Assert.Equal(HttpStatusCode.NoContent, decided.StatusCode);
        Assert.Equal(["个人申请"], await running.App.DatabaseAsync(db =>
            db.Tasks.Where(one => one.CaseId == id && one.State == Core.Inbox.TaskState.Open).Select(one => one.StepName).ToListAsync(Stop)));
    }

    [Fact]
    public async Task The_same_key_and_request_give_the_same_answer_once()
    {
        using var applicant = await running.ClientAsync("guojianjun");
        applicant.DefaultRequestHeaders.Add("Idempotency-Key", Guid.NewGuid().ToString());

        using var first = await applicant.PostAsJsonAsync("/api/v1/cases", new { process = "commander-appointment" }, Stop);
        using var again = await applicant.PostAsJsonAsync("/api/v1/cases", new { process = "commander-appointment" }, Stop);
        using var other = await applicant.PostAsJsonAsync("/api/v1/cases", new { process = "something-else" }, Stop);

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(Stop), await again.Content.ReadAsStringAsync(Stop));
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }

    [Fact]
    public async Task A_wrong_form_is_refused_field_by_field()
    {
        using var applicant = await running.ClientAsync("tangrong");
        using var started = await applicant.PostAsJsonAsync("/api/v1/cases", new { process = "commander-appointment" }, Stop);
        var id = (await started.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetGuid();

        using var answer = await applicant.PostAsJsonAsync(
            $"/api/v1/cases/{id}/submit", new { data = new { identityNumber = "110101198003071030" } }, Stop);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("errors");
        Assert.True(errors.TryGetProperty("identityNumber", out _));
    }

    [Fact]
    public async Task A_case_of_others_is_not_found_and_a_cookie_alone_changes_nothing()
    {
        using var applicant = await running.ClientAsync("hezhe");
        using var started = await applicant.PostAsJsonAsync("/api/v1/cases", new { process = "commander-appointment" }, Stop);
        var id = (await started.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetGuid();
        using var other = await running.ClientAsync("xiongwei");
        using var forged = await running.App.SignedInAsync("hezhe");

        using var read = await other.GetAsync($"/api/v1/cases/{id}", Stop);
        using var post = await forged.Client.PostAsJsonAsync("/api/v1/cases", new { process = "commander-appointment" }, Stop);

        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, post.StatusCode);
    }

    private static object Data() => new
    {
        identityNumber = Applications.IdentityNumber("11010119800307103"),
        phone = "13800000001",
        post = "救援队副队长",
        specialty = "hazchem",
        health = "健康",
        commandHistory = new[] { new { from = "2012-01-01", unit = "江州化工集团", post = "指挥员", isCommandPost = true } },
        cleanRecordDeclared = true,
        declarationSigned = true,
    };

    /// <summary>One product for the class, and clients that act as people.</summary>
    public sealed class Running : IAsyncLifetime
    {
        public TestApp App { get; } = new();

        public async Task<HttpClient> ClientAsync(string userName)
        {
            var browser = await App.SignedInAsync(userName);
            var page = await browser.GetAsync("/start");
            browser.Client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", page.Form("/preferences/language")["__RequestVerificationToken"]);
            return browser.Client;
        }

        public ValueTask InitializeAsync() => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
