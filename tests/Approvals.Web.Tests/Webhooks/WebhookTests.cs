using System.Net;
using Approvals.Core.Notifications;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Approvals.Web.Tests.Webhooks;

/// <summary>Other systems are told what happens, through the front door of both sides.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private const string Secret = "shared between the two";
    private const string OldSecret = "until last week's change";

    private Receiver office = null!;
    private Receiver notices = null!;
    private TestApp app = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (office, notices) = (await Receiver.StartAsync(), await Receiver.StartAsync());
        app = new TestApp
        {
            RunsJobs = false,
            Settings = new Dictionary<string, string?>
            {
                ["Webhooks:Targets:office:Url"] = office.Url,
                ["Webhooks:Targets:office:Secret"] = Secret,
                ["Webhooks:Targets:office:PreviousSecret"] = OldSecret,
                ["Webhooks:Targets:office:AllowHttp"] = "true",
                ["Webhooks:Targets:notices:Url"] = notices.Url,
                ["Webhooks:Targets:notices:Secret"] = Secret,
                ["Webhooks:Targets:notices:AllowHttp"] = "true",
                ["Webhooks:Targets:notices:Events:0"] = "case.*",
                ["Webhooks:Targets:notices:Events:1"] = "task.decided",
            },
        };
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await office.DisposeAsync();
        await notices.DisposeAsync();
    }

    [Fact]
    public async Task ASubmissionAReturnAndAWithdrawalOfTasksAreToldOnceEachToWhoSubscribed()
    {
        using var applicant = await app.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        var task = await Applications.OpenTaskAsync(app, caseId);
        using var unit = await app.SignedInAsync("chenguihua");
        var page = await unit.GetAsync($"/tasks/{task}");
        await unit.PostAsync(Applications.Decision(page, "Return", "请补充材料。").Set("ReturnTo", "apply"));
        await SendAsync();
        await SendAsync();

        // Each once; docs/api.md promises no order, and what one decision tells is committed in the same moment.
        Assert.Equal(
            ["case.returned", "case.submitted", "task.assigned", "task.assigned", "task.decided"],
            office.Calls.Select(one => one.Type).Order(StringComparer.Ordinal));
        Assert.Equal(["case.returned", "case.submitted", "task.decided"], notices.Calls.Select(one => one.Type).Order(StringComparer.Ordinal));
        var number = await app.DatabaseAsync(db => db.Cases.Where(row => row.Id == caseId).Select(row => row.Number).SingleAsync(Cancel));
        Assert.All(office.Calls, call =>
        {
            Assert.Equal((caseId.ToString(), number), (call.Data.GetProperty("caseId").GetString(), call.Data.GetProperty("caseNumber").GetString()));
            Assert.True(call.IsSignedWith(Secret));
            Assert.True(call.IsSignedWith(OldSecret));
            Assert.Equal(app.Clock.GetUtcNow().ToUnixTimeSeconds(), call.Timestamp);
            Assert.DoesNotContain("刘志强", call.Body);
            Assert.DoesNotContain("补充材料", call.Body);
        });
        var decided = office.Calls.Single(call => call.Type == "task.decided");
        Assert.Equal(task.ToString(), decided.Data.GetProperty("taskId").GetString());
        Assert.Equal("return", decided.Data.GetProperty("kind").GetString());
        Assert.Equal(office.Calls.Count, office.Calls.Select(one => one.Id).Distinct().Count());
    }

    [Fact]
    public async Task AWithdrawalClosesTheTasksThatWereTold()
    {
        using var applicant = await app.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        var task = await Applications.OpenTaskAsync(app, caseId);
        var page = await applicant.GetAsync($"/cases/{caseId}");
        await applicant.PostAsync(page.Form("handler=Withdraw"));
        await SendAsync();
        var closed = Assert.Single(office.Calls, call => call.Type == "task.closed");
        Assert.Equal(task.ToString(), closed.Data.GetProperty("taskId").GetString());
        Assert.Single(office.Calls, call => call.Type == "case.withdrawn");
    }

    [Fact]
    public async Task WhatIsGivenUpIsInTheAdministratorsListAndArrivesWithTheSameIdWhenRungAgain()
    {
        notices.Answer = HttpStatusCode.BadGateway;
        using var applicant = await app.SignedInAsync("liuzhiqiang");
        await Applications.SubmittedAsync(applicant);
        for (var attempt = 0; attempt < OutboxWorker.MaxAttempts; attempt++)
        {
            await SendAsync();
            app.Clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        }

        using var administrator = await app.SignedInAsync("xitong");
        var page = await administrator.GetAsync("/admin/jobs");
        Assert.Contains("HTTP 502", page.Text);
        Assert.Contains("已放弃", page.Text);
        Assert.DoesNotContain(Secret, page.Text);
        notices.Answer = HttpStatusCode.OK;
        await administrator.SubmitAsync(page.Form("handler=Message"));
        await SendAsync();
        Assert.Equal(OutboxWorker.MaxAttempts + 1, notices.Calls.Count);
        Assert.Single(notices.Calls.Select(one => one.Id).Distinct());
        Assert.True(notices.Calls.Last().Timestamp > notices.Calls.First().Timestamp);
    }

    [Fact]
    public async Task TheAdministratorTriesATarget()
    {
        using var administrator = await app.SignedInAsync("xitong");
        notices.Answer = HttpStatusCode.Redirect;
        var page = await administrator.GetAsync("/admin/jobs");
        var after = await administrator.SubmitAsync(page.Form("value=\"notices\""));
        Assert.Contains("没有送达：HTTP 302", after.Text);
        Assert.Equal("ping", Assert.Single(notices.Calls).Type);

        after = await administrator.SubmitAsync(page.Form("value=\"office\""));
        Assert.Contains("对方已收到。", after.Text);
        Assert.True(await app.DatabaseAsync(db => db.AuditEntries.AnyAsync(row => row.Action == "webhook.tried" && row.SubjectId == "office", Cancel)));
    }

    [Theory]
    [InlineData("Url", "http://other.example/hook", "is not https")]
    [InlineData("Url", "ftp://other.example", "no http or https")]
    [InlineData("Secret", "short", "at least 16")]
    [InlineData("Events:0", "case.eaten", "no event 'case.eaten'")]
    public async Task AWrongTargetStopsTheStart(string key, string value, string message)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Webhooks:Targets:other:Url"] = "https://other.example/hook", ["Webhooks:Targets:other:Secret"] = Secret,
        };
        settings[$"Webhooks:Targets:other:{key}"] = value;
        await using var wrong = new TestApp { RunsJobs = false, Settings = settings };
        Assert.Contains(message, Assert.ThrowsAny<OptionsValidationException>(() => wrong.Browser()).Message);
    }

    private Task<int> SendAsync() => app.ServiceAsync<OutboxWorker, int>(worker => worker.RunDueAsync(Cancel));
}
