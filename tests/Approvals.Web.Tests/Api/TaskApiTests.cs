using System.Net;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Api;

public sealed class TaskApiTests(ApiApp api) : IClassFixture<ApiApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_task_is_listed_read_filled_in_and_decided_with_a_token()
    {
        var (id, task) = await api.SubmittedAsync();
        using var representative = await api.AsAsync("chenguihua");

        var listed = (await representative.GetAsync("/tasks?state=open")).Body!["items"]!.AsArray();
        await representative.UploadAsync($"/cases/{id}/attachments/stampedScan?task={task}", "盖章.png", Applications.Picture());
        var read = await representative.GetAsync($"/tasks/{task}");
        var decided = await representative.PostAsync($"/tasks/{task}/decision", new
        {
            kind = "approve",
            opinion = "同意推荐",
            fields = new { recommendationOpinion = "同意推荐" },
            shownHash = read["shownHash"],
            signature = new { method = "drawn", drawing = Applications.Drawing.Split(',')[1] },
            secret = Applications.Password,
        });

        Assert.Contains(listed, row => row!["id"]!.ToString() == task.ToString());
        Assert.Equal(("单位推荐", "true", "true"), (read["step"], read["canDecide"], read["requiresSignature"]));
        Assert.Contains(read.Body!["kinds"]!.AsArray(), kind => kind!.ToString() == "return");
        Assert.Contains(read.Body["form"]!["fields"]!.AsArray(), field => field!["key"]!.ToString() == "recommendationOpinion" && field["right"]!.ToString() == "edit");
        Assert.DoesNotContain(read.Body["form"]!["fields"]!.AsArray(), field => field!["key"]!.ToString() == "waiverReason");
        Assert.Equal(HttpStatusCode.OK, decided.Status);
        Assert.Equal(3, await api.App.DatabaseAsync(db => db.Tasks.CountAsync(one => one.CaseId == id && one.State == TaskState.Open, Stop)));
        Assert.NotEmpty((await representative.GetAsync($"/cases/{id}")).Body!["findings"]!.AsArray());
        Assert.Contains((await representative.GetAsync("/tasks?state=done")).Body!["items"]!.AsArray(), row => row!["id"]!.ToString() == task.ToString());
    }

    [Fact]
    public async Task Whoever_was_asked_in_gives_the_step_no_files()
    {
        var (id, task) = await api.SubmittedAsync();
        await Applications.AskedInAsync(api.App, task, "同意推荐");
        using var colleague = await api.AsAsync("chenguihua");

        var answer = await colleague.UploadAsync($"/cases/{id}/attachments/stampedScan?task={task}", "盖章.png", Applications.Picture());

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal(0, await api.App.DatabaseAsync(db => db.Attachments.CountAsync(one => one.CaseId == id && one.FieldKey == "stampedScan", Stop)));
    }

    [Fact]
    public async Task A_substitute_with_a_part_in_the_step_reads_on_page_and_api_why_they_do_not_sign_for_another()
    {
        var (id, own) = await api.SubmittedAsync();
        await Applications.AskedInAsync(api.App, own, "同意推荐");
        var another = await api.App.DatabaseAsync(async db =>
        {
            var principal = await db.People.SingleAsync(one => one.Name == "宋敏", Stop);
            var task = await db.Tasks.SingleAsync(one => one.CaseId == id && one.State == TaskState.Queued, Stop);
            (task.AssigneeId, task.State) = (principal.Id, TaskState.Open);
            var substitute = await db.Tasks.Where(one => one.Id == own).Select(one => one.AssigneeId).SingleAsync(Stop);
            db.Substitutions.Add(new Substitution
            {
                PrincipalId = principal.Id, SubstituteId = substitute, From = new DateOnly(2026, 11, 1), Until = new DateOnly(2026, 12, 31),
            });
            await db.SaveChangesAsync(Stop);
            return task.Id;
        });
        using var token = await api.AsAsync("chenguihua");
        using var browser = await api.App.SignedInAsync("chenguihua");

        var read = await token.GetAsync($"/tasks/{another}");
        var decided = await token.PostAsync($"/tasks/{another}/decision", ApiApp.Return(new string('0', 64)));
        var page = await browser.GetAsync($"/tasks/{another}");

        const string Why = "同一环节您只能签署一次，不能再代他人签署。";
        Assert.Equal((HttpStatusCode.Forbidden, Why), (read.Status, read["detail"]));
        Assert.Equal((HttpStatusCode.Forbidden, Why), (decided.Status, decided["detail"]));
        Assert.Equal($"/cases/{id}", page.Location);
        Assert.Contains(Why, WebUtility.HtmlDecode((await browser.FollowAsync(page)).Text));
        Assert.DoesNotContain(another.ToString(), (await browser.GetAsync("/inbox")).Text);
    }

    [Fact]
    public async Task A_decision_over_other_content_is_refused_with_the_present_hash()
    {
        var (_, task) = await api.SubmittedAsync();
        using var representative = await api.AsAsync("chenguihua");

        var answer = await representative.PostAsync($"/tasks/{task}/decision", ApiApp.Return(new string('0', 64)));

        Assert.Equal((HttpStatusCode.Conflict, "urn:approvals:content-changed"), (answer.Status, answer["type"]));
        Assert.Equal((await representative.GetAsync($"/tasks/{task}"))["shownHash"], answer["shownHash"]);
    }

    [Fact]
    public async Task A_task_decided_already_answers_409_and_says_by_whom_when_and_how()
    {
        var (_, task) = await api.SubmittedAsync();
        using var representative = await api.AsAsync("chenguihua");
        var decision = ApiApp.Return((await representative.GetAsync($"/tasks/{task}"))["shownHash"]!);
        await representative.PostAsync($"/tasks/{task}/decision", decision);

        var again = await representative.PostAsync($"/tasks/{task}/decision", decision);

        Assert.Equal((HttpStatusCode.Conflict, "urn:approvals:already-decided"), (again.Status, again["type"]));
        Assert.Equal(("陈桂花", "退回"), (again["by"], again["as"]));
        Assert.Equal(api.App.Clock.GetUtcNow(), DateTimeOffset.Parse(again["at"]!));
        Assert.Contains("已由 陈桂花 于 2026-11-23", again["detail"]);
    }

    [Fact]
    public async Task Somebody_elses_finished_task_is_refused_and_does_not_say_who_decided_it()
    {
        var (_, task) = await api.SubmittedAsync();
        using var representative = await api.AsAsync("chenguihua");
        using var applicant = await api.AsAsync("liuzhiqiang");
        var decision = ApiApp.Return((await representative.GetAsync($"/tasks/{task}"))["shownHash"]!);
        await representative.PostAsync($"/tasks/{task}/decision", decision);

        foreach (var (path, body) in new (string, object)[]
        {
            ("decision", decision), ("hand-over", new { to = Guid.NewGuid(), reason = "请代办" }),
            ("signers", new { people = new[] { Guid.NewGuid() }, place = "before", reason = "请会签" }),
        })
        {
            var answer = await applicant.PostAsync($"/tasks/{task}/{path}", body);
            Assert.Equal((HttpStatusCode.Forbidden, "urn:approvals:not-yours"), (answer.Status, answer["type"]));
            Assert.Null(answer["by"]);
        }
    }

    [Fact]
    public async Task Somebody_elses_task_can_be_neither_read_nor_decided()
    {
        var (_, task) = await api.SubmittedAsync();
        using var stranger = await api.AsAsync("xiongwei");
        using var applicant = await api.AsAsync("liuzhiqiang");

        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"/tasks/{task}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await applicant.GetAsync($"/tasks/{task}")).Status);
        var decided = await stranger.PostAsync($"/tasks/{task}/decision", ApiApp.Return(new string('0', 64)));
        Assert.Equal((HttpStatusCode.Forbidden, "urn:approvals:not-yours"), (decided.Status, decided["type"]));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/tasks/{Guid.NewGuid()}")).Status);
        Assert.Equal(0, await api.App.DatabaseAsync(db => db.Decisions.CountAsync(one => one.TaskId == task, Stop)));
    }

    [Fact]
    public async Task What_is_missing_or_not_the_steps_to_fill_in_is_told_by_its_path()
    {
        var (_, task) = await api.SubmittedAsync();
        using var representative = await api.AsAsync("chenguihua");
        var hash = (await representative.GetAsync($"/tasks/{task}"))["shownHash"]!;

        var bare = await representative.PostAsync($"/tasks/{task}/decision", new { kind = "return", shownHash = hash });
        var foreign = await representative.PostAsync($"/tasks/{task}/decision", new { kind = "approve", shownHash = hash, fields = new { post = "局长" } });
        var unknown = await representative.PostAsync($"/tasks/{task}/decision", new { kind = "bless", shownHash = hash });

        Assert.Equal(HttpStatusCode.BadRequest, bare.Status);
        Assert.All(["opinion", "returnTo", "signature", "secret"], path => Assert.NotNull(bare.Error(path)));
        Assert.NotNull(foreign.Error("fields.post"));
        Assert.Equal(HttpStatusCode.BadRequest, unknown.Status);
        Assert.NotNull(unknown.Error("kind"));
    }

    [Fact]
    public async Task Wrong_passwords_lock_the_account_and_then_answer_423()
    {
        var (_, task) = await api.SubmittedAsync("guojianjun");
        using var representative = await api.AsAsync("majunjie");
        var decision = ApiApp.Return((await representative.GetAsync($"/tasks/{task}"))["shownHash"]!, secret: "wrong-one");

        var first = await representative.PostAsync($"/tasks/{task}/decision", decision);
        ApiAnswer last = first;
        for (var tries = 0; tries < 5; tries++)
        {
            last = await representative.PostAsync($"/tasks/{task}/decision", decision, key: "the-same");
        }

        Assert.NotNull(first.Error("secret"));
        Assert.Equal((HttpStatusCode)423, last.Status);
        Assert.Equal("urn:approvals:locked-out", last["type"]);
    }

    [Fact]
    public async Task An_unknown_list_is_refused()
    {
        using var representative = await api.AsAsync("chenguihua");

        Assert.NotNull((await representative.GetAsync("/tasks?state=everything")).Error("state"));
    }
}
