using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;

namespace Approvals.Core.Tests.Processes;

/// <summary>Elsa's own events, which older drawings use; new ones send messages.</summary>
public sealed class EventTests
{
    [Theory, OnEachDatabase]
    public async Task AnEventWakesEveryCaseThatWaitsForItUnlessItIsLocal(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, Process("far", isLocal: false), Process("near", isLocal: true));
        foreach (var (key, other) in new[] { ("far", CaseStatus.Completed), ("near", CaseStatus.Running) })
        {
            var first = await world.SubmittedAsync(key);
            var second = await world.SubmittedAsync(key);
            await world.DecideAsync(await world.TaskOfAsync(first, world.Head), world.Head, DecisionKind.Approve);
            Assert.Equal(CaseStatus.Completed, (await world.CaseAsync(first)).Status);
            Assert.Equal(other, (await world.CaseAsync(second)).Status);
        }
    }

    private static TestProcess Process(string key, bool isLocal) => new TestProcess(key) { Prefix = key }
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add("fork", "Elsa.FlowFork", "并行", new { branches = new[] { "甲", "乙" } })
        .Add("wait", "Elsa.Event", "等待", new { eventName = key })
        .Add("head", "Approvals.ApprovalStep", "审核", new { who = new[] { "head@owner" }, rejectLabel = "" })
        .Add("tell", "Elsa.PublishEvent", "发布", new { eventName = key, isLocalEvent = isLocal ? "true" : "false" })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "办结" })
        .Connect("start", "apply").Connect("apply", "fork").Connect("fork", "wait", "甲").Connect("fork", "head", "乙")
        .Connect("head", "tell", "同意").Connect("wait", "close");
}
