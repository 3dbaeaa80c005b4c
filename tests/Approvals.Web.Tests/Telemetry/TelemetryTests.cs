using System.Collections.Concurrent;
using System.Diagnostics;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Telemetry;
using Approvals.Core.Timers;
using Approvals.Web.Tests.Infrastructure;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Approvals.Web.Tests.Telemetry;

/// <summary>Metrics and spans of our own: what they count, and that they name nobody.</summary>
public sealed class TelemetryTests : IAsyncDisposable
{
    private readonly TestApp app = new() { RunsJobs = false };
    private readonly ConcurrentQueue<System.Diagnostics.Activity> spans = new();
    private readonly ActivityListener listener;

    public TelemetryTests()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Tracing.SourceName or BurstTrace.SourceName,
            Sample = (ref ActivityCreationOptions<System.Diagnostics.ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task ADecisionIsCountedAndTracedFromTheDecisionThroughTheBurstWithoutNamingAnybody()
    {
        using var measured = new Measured(app);
        using var applicant = await app.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        var task = await Applications.OpenTaskAsync(app, caseId);
        using var unit = await app.SignedInAsync("chenguihua");
        var page = await unit.GetAsync($"/tasks/{task}");
        var decision = Applications.Decision(page, "Return", "请补充材料。").Set("ReturnTo", "apply");
        await unit.PostAsync(decision);
        await unit.PostAsync(decision);

        Assert.Equal(1, measured.Sum("approvals.decisions", "kind=Return,process=commander-appointment"));
        Assert.Equal(1, measured.Sum("approvals.decisions.refused", "reason=AlreadyDecided"));
        Assert.Equal(2, measured.Sum("approvals.sign_ins", "method=password"));

        // Other tests trace beside this one: the decision's trace is found by its task.
        var decided = Assert.Single(spans, span =>
            span.OperationName == "decide" && Equals(span.GetTagItem("approvals.task"), task) && Equals(span.GetTagItem("approvals.outcome"), "Decided"));
        var burst = Assert.Single(spans, span => span.OperationName == "burst" && span.ParentSpanId == decided.SpanId);
        Assert.Equal(("resume", "commander-appointment"), (burst.GetTagItem("approvals.burst"), burst.GetTagItem("approvals.process")));
        var number = await app.DatabaseAsync(db => db.Cases.Where(row => row.Id == caseId).Select(row => row.Number!).SingleAsync(Cancel));
        var said = measured.Text + string.Join('\n', spans.SelectMany(span => span.TagObjects).Select(tag => $"{tag.Key}={tag.Value}"));
        Assert.DoesNotContain("刘志强", said);
        Assert.DoesNotContain("chenguihua", said);
        Assert.DoesNotContain(number, said);
    }

    [Fact]
    public async Task ATraceOfARequestNamesTheRouteAndNotTheCodeInTheAddress()
    {
        var traced = new ConcurrentQueue<System.Diagnostics.Activity>();
        await using var sending = new TestApp
        {
            RunsJobs = false,
            Settings = new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9" },
            Replace = services => services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddProcessor(new Ended(traced))),
        };
        using var browser = sending.Browser();

        await browser.GetAsync("/check/JZ-2026-4711");
        await browser.GetAsync("/public/objections/R-4711?receipt=R-4711");
        await browser.GetAsync("/no-such-page/4711");

        var said = string.Join('\n', traced.Where(span => span.Kind == System.Diagnostics.ActivityKind.Server)
            .Select(span => span.DisplayName + ' ' + string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))));
        Assert.DoesNotContain("4711", said);
        Assert.Contains("url.path=/check/{code?}", said);
        Assert.Contains("url.path=/public/objections/{receipt?}", said);
    }

    [Fact]
    public async Task AFailedSignInIsCountedByItsReason()
    {
        using var measured = new Measured(app);
        using var browser = app.Browser();
        var page = await browser.GetAsync("/account/sign-in");
        await browser.PostAsync(page.Form("autocomplete=\"username\"").Set("UserName", "liuzhiqiang").Set("Password", "wrong"));
        await browser.PostAsync(page.Form("autocomplete=\"username\"").Set("UserName", "nobody").Set("Password", "wrong"));
        Assert.Equal(1, measured.Sum("approvals.sign_ins.failed", "reason=wrong-password"));
        Assert.Equal(1, measured.Sum("approvals.sign_ins.failed", "reason=unknown-account"));
        Assert.DoesNotContain("liuzhiqiang", measured.Text);
    }

    [Fact]
    public async Task WhatWaitsIsShownByGaugesAndWhatIsCarriedOutLateByItsDelay()
    {
        using var measured = new Measured(app);
        await app.DatabaseAsync(async db =>
        {
            var now = app.Clock.GetUtcNow();
            db.Outbox.Add(new OutboxMessage { Key = "t1", Kind = "unknown", Payload = "{}", CreatedAt = now, DueAt = now.AddMinutes(-9) });
            db.Outbox.Add(new OutboxMessage { Key = "t2", Kind = "mail", Payload = """{"personId":"019ab000-0000-7000-8000-000000000000"}""", CreatedAt = now.AddSeconds(-30), DueAt = now });
            db.Timers.Add(new TimerRow { Key = "t3", Kind = "step-reminder", Payload = """{"stepRunId":"019ab000-0000-7000-8000-000000000000","onDeadline":""}""", DueAt = now.AddMinutes(-5) });
            db.Timers.Add(new TimerRow { Key = "t4", Kind = "unknown", Payload = "{}", DueAt = now });
            return await db.SaveChangesAsync(Cancel);
        });
        using var applicant = await app.SignedInAsync("liuzhiqiang");
        await Applications.SubmittedAsync(applicant);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        measured.Collect();
        Assert.Equal(1, measured.Sum("approvals.tasks.open"));
        Assert.Equal(0, measured.Sum("approvals.tasks.overdue"));
        Assert.Equal(600, measured.Sum("approvals.outbox.lag"));
        Assert.Equal(2, measured.Sum("approvals.timers.overdue"));

        await app.ServiceAsync<TimerSweep, int>(sweep => sweep.RunDueAsync(Cancel));
        await app.ServiceAsync<OutboxWorker, int>(worker => worker.RunDueAsync(Cancel));
        Assert.Equal(360, measured.Sum("approvals.timers.delay", "kind=step-reminder,late=True"));
        Assert.Equal(1, measured.Sum("approvals.timers.failed", "kind=unknown"));
        Assert.Equal(1, measured.Sum("approvals.outbox.failed", "kind=unknown,given_up=False"));

        // This one's 90 seconds, and the 60 of the mail that told of the task.
        Assert.Equal((2, 150), (measured.Count("approvals.outbox.delay", "kind=mail"), measured.Sum("approvals.outbox.delay", "kind=mail")));
        Assert.Contains(spans, span => span.OperationName == "timer" && Equals(span.GetTagItem("approvals.kind"), "step-reminder"));
        Assert.Contains(spans, span => span.OperationName == "outbox" && span.Status == ActivityStatusCode.Error
            && Equals(span.GetTagItem("error.type"), typeof(InvalidOperationException).FullName));
    }

    [Fact]
    public async Task ARenderedPdfIsTimed()
    {
        using var measured = new Measured(app);
        using var applicant = await app.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        var text = new DocumentText { Title = "关于补正的通知", Addressee = "江州化工集团", Paragraphs = ["请于五日内补正。"] };
        await app.ServiceAsync<IServiceProvider, bool>(services => services.GetRequiredService<UnitOfWork>().RunAsync(
            async _ => (await services.GetRequiredService<IssuedDocuments>().IssueAsync(
                new IssueRequest(caseId, "test", DocumentKind.Letter, _ => text), Cancel)).IsNew,
            Cancel));
        await app.ServiceAsync<OutboxWorker, int>(worker => worker.RunDueAsync(Cancel));
        Assert.Equal(1, measured.Count("approvals.documents.duration", "template=Letter"));
        Assert.True(measured.Sum("approvals.documents.duration") > 0);
    }

    /// <summary>Keeps what would be sent.</summary>
    private sealed class Ended(ConcurrentQueue<System.Diagnostics.Activity> kept) : BaseProcessor<System.Diagnostics.Activity>
    {
        public override void OnEnd(System.Diagnostics.Activity data) => kept.Enqueue(data);
    }
}
