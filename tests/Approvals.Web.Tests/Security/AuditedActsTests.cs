using System.Net;
using Approvals.Core.Organisation;
using Approvals.Web.Cli;
using Approvals.Web.Tests.Account;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Security;

/// <summary>Every act that matters leaves an entry, and the command finds an entry that somebody changed.</summary>
public sealed class AuditedActsTests : IAsyncDisposable
{
    private readonly TestApp app = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task What_people_do_through_the_pages_stands_in_the_chain_which_verifies_until_a_row_is_tampered_with()
    {
        using var owner = await People.AsAsync(app, "shenhong");
        await DoneAsync(owner, (await owner.GetAsync("/admin/parameters/applicant.age.min")).Form("name=\"Value\"")
            .Set("Value", "21").Set("Reason", "渝应急发〔2026〕1号"));
        await DoneAsync(owner, (await owner.GetAsync("/admin/calendar")).Form("id=\"kind\"")
            .Set("date", "2026-12-31").Set("name", "调休").Set("kind", "Holiday"));
        using var security = await People.AsAsync(app, "anquan");
        await DoneAsync(security, (await security.GetAsync("/admin/roles")).Form("name=\"Who\"").Set("Who", "lili").Set("Role", Roles.Finance));
        using var keeper = await People.AsAsync(app, "huangting");
        Assert.Equal(HttpStatusCode.OK, (await keeper.PostAsync((await keeper.GetAsync("/commanders")).Form("__RequestVerificationToken")
            .To("/commanders?handler=Export"))).Status);
        await DecideAsync();
        await People.TryAsync(app.Browser(), "wangqiang", "wrong");

        var actions = await app.DatabaseAsync(db => db.AuditEntries.Select(one => one.Action).Distinct().ToListAsync(Stop));
        string[] expected =
        [
            "definition.imported", "account.signed-in", "account.sign-in-failed", "parameter.changed", "role.granted",
            "commander.exported", "case.submitted", "task.decided", "step.opened",
        ];
        Assert.Empty(expected.Except(actions));
        Assert.Contains(actions, action => action.StartsWith("calendar.", StringComparison.Ordinal));
        Assert.Equal(0, await VerifyAsync());

        await app.DatabaseAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER \"AuditEntries_no_UPDATE\"", Stop);
            return await db.Database.ExecuteSqlRawAsync(
                "UPDATE \"AuditEntries\" SET \"Details\" = replace(\"Details\", '21', '12') WHERE \"Action\" = 'parameter.changed'", Stop);
        });

        Assert.Equal(1, await VerifyAsync());
    }

    [Fact]
    public async Task Nothing_in_the_chain_names_anybody()
    {
        await DecideAsync();

        var details = string.Join('\n', await app.DatabaseAsync(db => db.AuditEntries.Select(one => one.Details).ToListAsync(Stop)));

        foreach (var secret in new[] { "刘志强", "陈桂花", "13800000001", Applications.IdentityNumber("11010119800307103"), "同意。" })
        {
            Assert.DoesNotContain(secret, details);
        }
    }

    [Fact]
    public async Task A_stored_signature_is_uploaded_and_signs()
    {
        using var representative = await People.AsAsync(app, "chenguihua");
        var page = await representative.GetAsync("/profile/signature");
        var stored = await representative.PostAsync(
            page.Form("id=\"drawn\"").To("/profile/signature"), "Upload", "签名.png", Signature());
        Assert.Equal(HttpStatusCode.Redirect, stored.Status);
        Assert.Equal(HttpStatusCode.OK, (await representative.GetAsync("/my/signature")).Status);

        var decisionFile = await DecideAsync("Stored");

        var own = await app.DatabaseAsync(db => db.People.Where(one => one.Name == "陈桂花").Select(one => one.SignatureFileId).SingleAsync(Stop));
        Assert.NotNull(own);
        Assert.Equal(own, decisionFile);
    }

    [Fact]
    public async Task Tasks_of_somebody_deactivated_come_to_the_administrator_who_names_another()
    {
        using var applicant = await People.AsAsync(app, "liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        using var administrator = await People.AsAsync(app, "xitong");
        Assert.DoesNotContain("原办理人已离任", WebUtility.HtmlDecode((await administrator.GetAsync("/admin/unassigned")).Text));
        var (leaver, other) = await app.DatabaseAsync(async db => (
            await db.People.Where(one => one.Name == "陈桂花").Select(one => one.Id).SingleAsync(Stop),
            await db.People.Where(one => one.Name == "钱国梁").Select(one => one.Id).SingleAsync(Stop)));
        await DoneAsync(administrator, (await administrator.GetAsync($"/admin/people/{leaver}")).Form("name=\"active\""));

        var list = await administrator.GetAsync("/admin/unassigned");
        Assert.Contains("原办理人已离任", WebUtility.HtmlDecode(list.Text));
        Assert.Contains("刘志强", WebUtility.HtmlDecode(list.Text));
        await DoneAsync(administrator, list.Form("name=\"step\"").Set("person", other.ToString()).Set("reason", "陈桂花已离职"));

        var task = await app.DatabaseAsync(db => db.Tasks.SingleAsync(
            one => one.CaseId == caseId && one.State == Core.Inbox.TaskState.Open, Stop));
        Assert.Equal(other, task.AssigneeId);
        using var successor = await People.AsAsync(app, "qianguoliang");
        Assert.Equal(HttpStatusCode.OK, (await successor.GetAsync($"/tasks/{task.Id}")).Status);
        Assert.DoesNotContain("刘志强", WebUtility.HtmlDecode((await administrator.GetAsync("/admin/unassigned")).Text));
    }

    private async Task<Guid?> DecideAsync(string method = "Drawn")
    {
        using var applicant = await People.AsAsync(app, "liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        var task = await Applications.OpenTaskAsync(app, caseId);
        using var representative = await People.AsAsync(app, "chenguihua");
        var form = Applications.Decision(await representative.GetAsync($"/tasks/{task}"), "Approve")
            .Set("data.recommendationOpinion", "推荐").Set("Method", method);
        var answer = await representative.PostAsync(form, "file:stampedScan", "盖章.png", Applications.Picture());
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        return await app.DatabaseAsync(db => db.Decisions.Where(one => one.TaskId == task).Select(one => one.SignatureFileId).SingleAsync(Stop));
    }

    private Task<int> VerifyAsync() => CommandLine.RunAsync(app.Services, ["audit", "verify"]);

    private static async Task DoneAsync(Browser browser, HtmlForm form)
    {
        var answer = await browser.PostAsync(form);
        Assert.True(answer.Status == HttpStatusCode.Redirect, $"{form.Action}: {answer.Status}\n{answer.Text}");
    }

    private static byte[] Signature()
    {
        using var bitmap = new SkiaSharp.SKBitmap(400, 160);
        using var canvas = new SkiaSharp.SKCanvas(bitmap);
        using var pen = new SkiaSharp.SKPaint { Color = SkiaSharp.SKColors.Navy, StrokeWidth = 8 };
        canvas.Clear(SkiaSharp.SKColors.White);
        canvas.DrawLine(20, 140, 380, 20, pen);
        canvas.DrawLine(20, 30, 380, 130, pen);
        using var data = bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Png, 90);
        return data.ToArray();
    }
}
