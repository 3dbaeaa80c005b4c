using System.Net;
using Approvals.Core.Certificates;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Security.Access;

/// <summary>
/// Two applications that are each other's counterpart — one of <c>liuzhiqiang</c> that <c>lili</c> vets, one of <c>hezhe</c> that
/// <c>zhaotiezhu</c> has vetted and that is on public notice with an objection — and a draft of <c>liuzhiqiang</c>.
/// </summary>
internal static class AppointmentThings
{
    /// <summary>Identity numbers of the two applicants; whoever takes no part must not read them.</summary>
    public static readonly (string Own, string Another) Identities =
        (Applications.IdentityNumber("11010119800307103"), Applications.IdentityNumber("50010119810412301"));

    /// <summary>Makes them.</summary>
    public static async Task MakeAsync(Desk desk, Things things)
    {
        var own = await ApplyAsync(desk, "liuzhiqiang", "chenguihua", form => form);
        await NoteCaseAsync(desk, things, own, null, "lili");
        things["draft"] = Guid.Parse((await Applications.DraftAsync(await desk.AsAsync("liuzhiqiang"))).Address["/cases/".Length..][..36]);
        var another = await ApplyAsync(desk, "hezhe", "xiongwei", form => form
            .Set("data.identityNumber", Identities.Another).Set("data.phone", "13900000002").Set("data.specialty", "coal-mine"));
        await NoteCaseAsync(desk, things, another, Things.Another, "zhaotiezhu");
        foreach (var vetter in new[] { "zhaotiezhu", "wangqiang", "songmin" })
            await desk.SignAsync(vetter, another);
        await desk.RunDueAsync();
        await ObjectAsync(desk, things, another);
    }

    private static async Task<Guid> ApplyAsync(Desk desk, string applicant, string unit, Func<HtmlForm, HtmlForm> fill)
    {
        var browser = await desk.AsAsync(applicant);
        var draft = await Applications.DraftAsync(browser);
        var sent = await browser.PostAsync(fill(Applications.Filled(draft)).Set("act", "submit"), "file:photo", "photo.png", Applications.Picture());
        Assert.True(sent.Location?.StartsWith("/cases/", StringComparison.Ordinal), sent.Text);
        var caseId = Guid.Parse(sent.Location!["/cases/".Length..]);
        var representative = await desk.AsAsync(unit);
        var page = await representative.GetAsync($"/tasks/{await desk.TaskAsync(caseId, unit)}");
        var signed = await representative.PostAsync(
            Applications.Decision(page, "Approve").Set("data.recommendationOpinion", "推荐"), "file:stampedScan", "盖章.png", Applications.Picture());
        Assert.Equal(HttpStatusCode.Redirect, signed.Status);
        return caseId;
    }

    private static async Task NoteCaseAsync(Desk desk, Things things, Guid caseId, string? whose, string holder)
    {
        things["case", whose] = caseId;
        things["task", whose] = await desk.TaskAsync(caseId, holder);
        await desk.App.DatabaseAsync(async db =>
        {
            var attachment = await db.Attachments.FirstAsync(one => one.CaseId == caseId);
            things["attachment", whose] = attachment.Id;
            things["decision", whose] = (await db.Decisions.FirstAsync(one => one.CaseId == caseId && one.SignatureFileId != null)).Id;
            things["instance", whose] = (await db.Cases.SingleAsync(one => one.Id == caseId)).InstanceId!.Value;
            var document = new IssuedDocument
            {
                CaseId = caseId, IssueKey = $"walk {whose}", Template = "letter", Number = $"1 {whose}", Title = "通知书", Model = "{}", FileId = attachment.FileId,
            };
            var certificate = new Certificate
            {
                CaseId = caseId, DocumentId = document.Id, Kind = CertificateKind.Training, Number = $"walk {whose}", Subject = "培训",
                CheckCode = CheckCode.New(), HolderName = "刘志强", ValidFrom = new DateOnly(2026, 11, 23),
            };
            db.AddRange(document, certificate);
            things["document", whose] = document.Id;
            things["code", whose] = certificate.CheckCode;
            return await db.SaveChangesAsync();
        });
    }

    private static async Task ObjectAsync(Desk desk, Things things, Guid caseId)
    {
        var notice = await desk.App.DatabaseAsync(db => db.Notices.AsNoTracking().SingleAsync(row => row.CaseId == caseId));
        using var somebody = desk.App.Browser();
        var page = await somebody.GetAsync($"/public/notices/{notice.Id}");
        var filed = await somebody.PostAsync(
            page.Form("name=\"Content\"").Set("Name", "群众甲").Set("Contact", "13700000009").Set("Content", "申报的指挥岗位经历与事实不符，请予核查。"),
            "Evidence", "证据.png", Applications.Picture());
        Assert.Equal(HttpStatusCode.Redirect, filed.Status);
        await desk.RunDueAsync();
        things["notice"] = notice.Id;
        things["notice document"] = notice.DocumentId!.Value;
        await desk.App.DatabaseAsync(async db =>
        {
            var objection = await db.Objections.AsNoTracking().SingleAsync(row => row.NoticeId == notice.Id);
            things["objection"] = objection.Id;
            things["receipt"] = objection.Receipt;
            return true;
        });
        things["task", Things.Objection] = await desk.TaskAsync(caseId, "pengfei");
    }
}
