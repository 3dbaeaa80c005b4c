using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>A process owner changes the running process in Elsa Studio, without a developer and without a restart.</summary>
public sealed class StudioJourney(BrowserFixture browser)
{
    private const string Process = "commander-appointment";
    private const string NewStep = "处室初审";

    [Fact]
    public async Task A_step_added_in_the_designer_is_passed_by_new_applications_while_running_ones_finish_without_it()
    {
        await using var office = Office.Open();
        await browser.VisitAsync(
            async visit =>
            {
                var before = await visit.SignInAsync("liuzhiqiang");
                await Application.HandInAsync(before);

                var owner = await visit.SignInAsync("shenhong");
                await AddStepAsync(owner);
                await PublishAsync(owner);

                await Application.HandInAsync(await visit.SignInAsync("sunlimei"), "50010119820607204X");
                var unit = await visit.SignInAsync("chenguihua");
                await RecommendAsync(unit, "刘志强");
                await RecommendAsync(unit, "孙丽梅");

                var head = await visit.SignInAsync("wangqiang");
                await head.GotoAsync("/inbox");
                await Expect(head.Row(NewStep).Filter(new() { HasText = "孙丽梅" })).ToHaveCountAsync(1);
                await Expect(head.Row("救援协调处审查").Filter(new() { HasText = "刘志强" })).ToHaveCountAsync(1);
                await Expect(head.Row(NewStep).Filter(new() { HasText = "刘志强" })).ToHaveCountAsync(0);
                await head.OpenTaskAsync(NewStep, "孙丽梅");
                await head.ChooseAsync("approve", "初审同意。");
                await head.SignStoredAsync("approve");
                await head.OpenTaskAsync("救援协调处审查", "孙丽梅");

                await owner.GotoAsync("/processes");
                var process = owner.Locator("section.process").Filter(new() { HasText = "技术指挥官聘任" }).Last;
                await Expect(process).ToContainTextAsync("第 1 版 1 件");
                await Expect(process).ToContainTextAsync("第 2 版 1 件");
                await Look.AtAsync(owner, "62-processes");

                // The one that was under way goes on to its certificate on the version it began with.
                await Application.VetAsync(visit);
                await NoticeJourney.RunOutAsync(office);
                await TrainingJourney.PassAsync(visit, office);
                await AppointmentJourney.AppointAsync(visit, office);
                await CertifiedAsync(visit, office);

                // Two weeks later the owner signs in again.
                owner = await visit.SignInAsync("shenhong");
                await owner.SetViewportSizeAsync(1600, 950);
                await ViewAsync(owner, "JZPR-2026-0001", version: 1, passesNewStep: false);
                await ViewAsync(owner, "JZPR-2026-0002", version: 2, passesNewStep: true);
            },
            office.Address);

        var cases = await office.ReadAsync(db => db.Cases.AsNoTracking().Where(row => row.ProcessKey == Process)
            .Join(db.Instances, row => row.InstanceId, run => run.Id, (row, run) =>
                new { row.Id, row.SubjectName, row.Status, row.Outcome, run.Version })
            .ToListAsync());
        var (old, later) = (cases.Single(one => one.SubjectName == "刘志强"), cases.Single(one => one.SubjectName == "孙丽梅"));
        Assert.Equal((CaseStatus.Completed, "已聘任为技术指挥官", 1), (old.Status, old.Outcome, old.Version));
        Assert.Equal((CaseStatus.Running, 2), (later.Status, later.Version));

        // Nobody was ever asked for the new step of the old case, somebody was in the new one; the other steps are of both.
        var tasks = await office.ReadAsync(
            db => db.Tasks.AsNoTracking().Select(task => new { task.CaseId, task.StepName }).ToListAsync());
        var steps = tasks.ToLookup(task => task.CaseId, task => task.StepName);
        Assert.DoesNotContain(NewStep, steps[old.Id]);
        Assert.Single(steps[later.Id], NewStep);
        Assert.Superset(steps[later.Id].Except([NewStep]).ToHashSet(), steps[old.Id].ToHashSet());
    }

    /// <summary>The applicant reads his certificate, and it is valid.</summary>
    private static async Task CertifiedAsync(Visit visit, Office office)
    {
        var certificate = await office.ReadAsync(
            db => db.Certificates.AsNoTracking().SingleAsync(row => row.Kind == CertificateKind.Appointment));
        var applicant = await visit.SignInAsync("liuzhiqiang");
        await applicant.GotoAsync("/inbox?tab=started");
        await applicant.Row("技术指挥官聘任").ClickAsync();
        await Expect(applicant.Locator("section[aria-label=办理状态]")).ToContainTextAsync("已聘任为技术指挥官");
        await Expect(applicant.Locator("main")).Not.ToContainTextAsync(NewStep);
        var text = await applicant.ReadDocumentAsync("聘任证书");
        Assert.Contains("刘志强", text, StringComparison.Ordinal);
        Assert.Contains(Papers.AsPrinted(certificate.Number), text, StringComparison.Ordinal);
        await applicant.GotoAsync($"/check/{certificate.CheckCode}");
        await Expect(applicant.Locator("#standing")).ToHaveTextAsync("有效");
    }

    /// <summary>From the list of processes into the designer: a second approval step after the recommendation of the unit.</summary>
    private static async Task AddStepAsync(IPage owner)
    {
        await owner.GotoAsync("/processes");
        await owner.SetViewportSizeAsync(1600, 950);
        await owner.ClickAsync($"a[href='/studio/workflows/definitions/{Process}/edit']");
        await owner.WaitForStudioAsync(".x6-node");
        await Expect(owner.Locator("#studio-state")).ToContainTextAsync("已发布 第 1 版");
        var (recommend, check) = (owner.Activity("单位推荐"), owner.Activity("条件核查"));

        var step = await owner.DropBelowAsync("申请与审批", "审批环节", check);
        await owner.DisconnectAsync(recommend, "同意", check);
        await owner.ConnectAsync(recommend, "同意", step);
        await owner.ConnectAsync(step, "同意", check);
        await owner.ConnectAsync(step, "不同意", owner.Activity("办结：未通过").First);

        await step.ClickAsync();
        await owner.TickAsync("办理人", "救援协调处负责人");
        await owner.PickAsync("字段权限", "同“救援协调处审查”");
        await owner.TabAsync("常规");
        await owner.WriteAsync("显示文字", NewStep);
        await Expect(owner.Activity(NewStep)).ToBeVisibleAsync();
        await Look.PictureAsync(owner, "60-studio-editor");
    }

    private static async Task PublishAsync(IPage owner)
    {
        await owner.GetByRole(AriaRole.Button, new() { Name = "发布", Exact = true }).ClickAsync();
        await Expect(owner.Locator("#studio-state")).ToContainTextAsync("已发布 第 2 版", new() { Timeout = 60_000 });
    }

    private static async Task RecommendAsync(IPage unit, string applicant)
    {
        await unit.OpenTaskAsync("单位推荐", applicant);
        await unit.Type("recommendationOpinion", "同意推荐。");
        await unit.AttachAsync("stampedScan", "推荐表.jpg", Application.Scan("江州化工集团有限公司（盖章）"), "image/jpeg");
        await unit.ChooseAsync("approve", "情况属实，同意推荐。");
        await unit.SignByHandAsync("approve");
    }

    /// <summary>Finds a run in Studio's list and looks at its path.</summary>
    private static async Task ViewAsync(IPage owner, string number, int version, bool passesNewStep)
    {
        await owner.OpenStudioAsync("/studio/workflows/instances", "#studio table tbody tr");
        await owner.Locator("#studio table tbody tr").Filter(new() { HasText = number }).GetByText("技术指挥官聘任").First.ClickAsync();
        await owner.WaitForStudioAsync(".x6-node");
        var passed = owner.Locator(".mud-badge");
        await Expect(owner.Activity("单位推荐").Locator(passed).First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(owner.Activity(NewStep)).ToHaveCountAsync(passesNewStep ? 1 : 0);
        if (passesNewStep)
        {
            await Expect(owner.Activity(NewStep).Locator(passed).First).ToBeVisibleAsync();
        }

        await Look.PictureAsync(owner, $"61-studio-viewer-{version}");
    }
}
