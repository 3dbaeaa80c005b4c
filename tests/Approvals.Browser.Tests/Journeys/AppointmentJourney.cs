using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Inbox;
using Approvals.Core.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>One application through all seven steps (T§11–14), as the right people see it.</summary>
public sealed class AppointmentJourney(BrowserFixture browser)
{
    [Fact]
    public async Task An_application_becomes_a_valid_certificate_through_a_return_an_objection_and_a_resit()
    {
        await using var office = Office.Open();
        await browser.VisitAsync(
            async visit =>
            {
                var caseId = await ApplyAsync(visit, office);
                await RecommendAsync(visit);
                await ReturnAsync(visit, office, caseId);
                await CorrectAsync(visit);
                await Application.VetAsync(visit);
                var notice = await NoticeJourney.WalkAsync(visit, office);
                await TrainingJourney.WalkAsync(visit, office);
                await AppointAsync(visit, office);
                await CheckAsync(visit, office, caseId);
                await InsuranceJourney.WalkAsync(visit, office);
                await OnceAsync(office, notice);
            },
            office.Address);
    }

    private static async Task<Guid> ApplyAsync(Visit visit, Office office)
    {
        var door = await visit.NewPersonAsync(phone: true);
        await door.GotoAsync("/account/sign-in");
        await Look.AtAsync(door, "00-sign-in");
        var applicant = await visit.SignInAsync("liuzhiqiang");
        await Look.AtAsync(applicant, "01-inbox-empty");
        await applicant.GotoAsync("/start");
        await Look.AtAsync(applicant, "02-start");
        await Application.BeginAsync(applicant);
        await applicant.Type("identityNumber", Application.WrongNumber);
        await Application.AttachFilesAsync(applicant);
        visit.Expect("status of 422");
        await Application.SubmitAsync(applicant);

        var field = applicant.Locator(".form-field.has-error").Filter(new() { HasText = "身份证号码" });
        await Expect(field.Locator(".form-error")).ToContainTextAsync("校验");
        await Expect(applicant.Locator("[name='data.identityNumber']")).ToHaveValueAsync(Application.WrongNumber);
        await Expect(applicant.Locator("[name='data.post']")).ToHaveValueAsync("消防救援队副队长");
        await Expect(applicant.Locator("[name='data.commandHistory[0].unit']")).ToHaveValueAsync("江州化工集团有限公司");
        await Expect(applicant.Locator(".form-files a").Filter(new() { HasText = "照片.png" })).ToBeVisibleAsync();
        await Look.AtAsync(applicant, "03-draft-error");

        await applicant.Type("identityNumber", Application.IdentityNumber);
        await Application.SubmitAsync(applicant);
        await Expect(applicant.Locator("p.notice[role=status]").First).ToContainTextAsync("申请已提交，业务编号");
        await Look.AtAsync(applicant, "04-case-submitted");
        return (await office.CaseAsync()).Id;
    }

    private static async Task RecommendAsync(Visit visit)
    {
        var unit = await visit.SignInAsync("chenguihua");
        await unit.OpenTaskAsync("单位推荐");
        await Look.AtAsync(unit, "05-recommend");
        await Application.RecommendAsync(unit, "该同志政治坚定、业务过硬，同意推荐。");
    }

    private static async Task ReturnAsync(Visit visit, Office office, Guid caseId)
    {
        var vetter = await visit.SignInAsync("songmin");
        await Look.AtAsync(vetter, "06-inbox-head");
        await vetter.OpenTaskAsync("人事处德才审查");
        var findings = vetter.Locator("section[aria-labelledby=findings]");
        await Expect(findings).ToContainTextAsync("《重庆市抢险救援技术指挥官管理暂行办法》第十二条第（四）项");
        await Expect(findings.Locator("li").Filter(new() { HasText = "年龄" })).ToContainTextAsync("46");
        await Look.AtAsync(vetter, "07-task-vetting");
        await vetter.ChooseAsync("return", "请补充岗位资质证书信息。");
        await vetter.SelectOptionAsync("#d-returnTo", new SelectOptionValue { Label = "刘志强（个人申请）" });
        await Expect(vetter.Locator("p.decide-return")).ToContainTextAsync("中间各环节需要重新办理");
        await Look.AtAsync(vetter, "08-task-return");
        await vetter.SignStoredAsync("return");

        await Expect(vetter.Locator("p.notice[role=status]").First).ToContainTextAsync("刘志强");

        // The other vetters have nothing to do any more, and the applicant has.
        var open = await office.ReadAsync(db => db.Tasks.AsNoTracking()
            .Where(task => task.CaseId == caseId && task.State == TaskState.Open).Select(task => task.StepName).ToListAsync());
        Assert.Equal(["个人申请"], open);
        var closed = await office.ReadAsync(db => db.Tasks.AsNoTracking()
            .Where(task => task.CaseId == caseId && task.State == TaskState.Closed).Select(task => task.StepName).ToListAsync());
        Assert.Equal(["业务处室审查", "业务处室审查", "救援协调处审查"], closed.Order(StringComparer.Ordinal));
        var other = await visit.SignInAsync("lili");
        await Expect(other.Locator(".empty-state")).ToContainTextAsync("没有待办");
    }

    private static async Task CorrectAsync(Visit visit)
    {
        var applicant = await visit.SignInAsync("liuzhiqiang");
        await applicant.OpenTaskAsync("个人申请");
        await Expect(applicant.Locator(".sent-back")).ToHaveTextAsync("宋敏（人事处德才审查）退回：请补充岗位资质证书信息。");
        await Expect(applicant.Locator("section[aria-labelledby=history]")).ToContainTextAsync("请补充岗位资质证书信息。");
        await applicant.ClickAsync("button[name=rows-add][value='data.qualifications'], button[name=rows-add][value=qualifications]");
        await applicant.Type("qualifications[0].name", "注册安全工程师");
        await applicant.Type("qualifications[0].number", "ZC-2018-0042");
        await Look.AtAsync(applicant, "09-task-correct");
        await applicant.ChooseAsync("approve", "已补充。");
        await applicant.SendAsync("approve");

        // The unit signs again: the form it had signed has changed.
        var unit = await visit.SignInAsync("chenguihua");
        await Application.RecommendAsync(unit, "补充材料属实，同意推荐。");
    }

    /// <summary>The leader appoints, and the certificates are made.</summary>
    internal static async Task AppointAsync(Visit visit, Office office)
    {
        var leader = await visit.SignInAsync("wuhaifeng");
        await leader.OpenTaskAsync("聘任审批");
        await Look.AtAsync(leader, "20-task-appoint");
        await leader.ChooseAsync("approve", "同意聘任。");
        await leader.SignStoredAsync("approve");
        await leader.GotoAsync("/inbox?tab=done");
        await Expect(leader.Row("聘任审批")).ToContainTextAsync("刘志强");
        await Look.AtAsync(leader, "21-inbox-done");
        await office.RunDueAsync();
    }

    private static async Task CheckAsync(Visit visit, Office office, Guid caseId)
    {
        var rows = await office.ReadAsync(db => db.Certificates.AsNoTracking().ToListAsync());
        var certificates = rows.OrderBy(row => row.Kind).ToList();
        Assert.Equal([CertificateKind.Training, CertificateKind.Appointment, CertificateKind.WorkId], certificates.Select(one => one.Kind));

        var applicant = await visit.SignInAsync("liuzhiqiang");
        await applicant.GotoAsync("/inbox?tab=started");
        await Expect(applicant.Row("技术指挥官聘任")).ToContainTextAsync("已办结");
        await applicant.Row("技术指挥官聘任").ClickAsync();
        await Expect(applicant.Locator("section[aria-label=办理状态]")).ToContainTextAsync("已聘任为技术指挥官");
        await Look.AtAsync(applicant, "23-case-appointed");
        foreach (var (title, certificate) in new[] { "技术培训合格证书", "聘任证书", "工作证" }.Zip(certificates))
        {
            var text = await applicant.ReadDocumentAsync(title);
            Assert.Contains("刘志强", text, StringComparison.Ordinal);
            Assert.Contains(Papers.AsPrinted(certificate.Number), text, StringComparison.Ordinal);
            Assert.DoesNotContain(Application.IdentityNumber, text, StringComparison.Ordinal);
        }

        Assert.Contains("刘志强", await applicant.ReadPdfAsync($"/cases/{caseId}/form.pdf"), StringComparison.Ordinal);

        var anybody = await visit.NewPersonAsync();
        await anybody.GotoAsync("/check");
        await anybody.FillAsync("#number", certificates[1].Number);
        await anybody.GetByRole(AriaRole.Button, new() { Name = "查验" }).ClickAsync();
        await Expect(anybody.Locator("#standing")).ToHaveTextAsync("有效");
        await Expect(anybody.Locator(".facts")).ToContainTextAsync("刘**");
        Assert.DoesNotContain("刘志强", await anybody.ContentAsync(), StringComparison.Ordinal);
        await Look.AtAsync(anybody, "24-check");
        await anybody.GotoAsync($"/check/{certificates[2].CheckCode}");
        await Expect(anybody.Locator("#standing")).ToHaveTextAsync("有效");

        var keeper = await visit.SignInAsync("huangting");
        await keeper.GotoAsync("/commanders");
        await Expect(keeper.Row("刘")).ToHaveCountAsync(1);
        await Look.AtAsync(keeper, "25-commanders");
    }

    // However often it was rung, everything happened once.
    private static async Task OnceAsync(Office office, Guid noticeId)
    {
        await office.RunDueAsync();
        var one = await office.CaseAsync();
        Assert.Equal((CaseStatus.Completed, "已聘任为技术指挥官"), (one.Status, one.Outcome));
        Assert.Equal(1, await office.ReadAsync(db => db.AuditEntries.CountAsync(
            entry => entry.Action == "case.closed" && entry.SubjectId == one.Id.ToString())));
        Assert.Equal(1, await office.ReadAsync(db => db.AuditEntries.CountAsync(
            entry => entry.Action == "notice.ended" && entry.SubjectId == noticeId.ToString())));
        Assert.Equal(1, await office.ReadAsync(db => db.Commanders.CountAsync(row => row.CaseId == one.Id)));
        Assert.Equal(2, await office.ReadAsync(db => db.Cases.CountAsync()));
        var documents = await office.ReadAsync(db => db.Documents.CountAsync());
        var issued = await office.ReadAsync(db => db.NumberSeries.Where(row => row.Key.StartsWith("document:")).SumAsync(row => row.Last));
        Assert.Equal(documents, issued);
        Assert.Equal(0, await office.ReadAsync(db => db.Incidents.CountAsync()));
        Assert.Empty(await office.ReadAsync(db => db.Notices.Where(row => row.Status != NoticeStatus.Ended).ToListAsync()));
    }
}
