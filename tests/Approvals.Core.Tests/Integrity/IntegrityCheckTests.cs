using Approvals.Core.Inbox;
using Approvals.Core.Integrity;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Tests.Faults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using CaseProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Integrity;

/// <summary>What was broken by hand is found; what the product wrote is whole.</summary>
public sealed class IntegrityCheckTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task What_the_product_wrote_is_whole_also_while_it_is_written(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners());
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                var id = await world.SubmittedAsync("two-signers");
                await world.DecideAsync(await world.TaskOfAsync(id, world.Head), world.Head, DecisionKind.Approve);
            }
        }, Cancel);
        while (!writing.IsCompleted)
            await world.Kernel.WholeAsync("a look between two commits");
        await writing;
        await world.Kernel.WholeAsync("ten cases");
    }

    [Theory]
    [InlineData("waits", """UPDATE "Instances" SET "Status" = 'Finished'""")]
    [InlineData("waits", """UPDATE "StepRuns" SET "Status" = 'Done' WHERE "Status" = 'Open'""")]
    [InlineData("waits", """UPDATE "Timers" SET "CancelledAt" = 1 WHERE "Kind" = 'bookmark'""")]
    [InlineData("waits", """UPDATE "Cases" SET "InstanceId" = NULL""")]
    [InlineData("state", """DELETE FROM "Bookmarks" """)]
    [InlineData("state", """UPDATE "Instances" SET "State" = '{"runs":' """)]
    [InlineData("step", """UPDATE "Tasks" SET "State" = 'Closed' WHERE "State" = 'Open'""")]
    [InlineData("task", """UPDATE "Cases" SET "Status" = 'Completed'""")]
    [InlineData("decision", """UPDATE "Tasks" SET "State" = 'Done' WHERE "State" = 'Open'""")]
    [InlineData("decision", """UPDATE "Tasks" SET "State" = 'Closed' WHERE "State" = 'Done'""")]
    [InlineData("history", """DELETE FROM "CaseEvents" """)]
    [InlineData("timer", """DELETE FROM "Bookmarks" WHERE "Kind" = 'Timer'""")]
    [InlineData("number", """UPDATE "NumberSeries" SET "Last" = "Last" + 1""")]
    [InlineData("number", """UPDATE "Cases" SET "Number" = replace("Number", '0001', '0007')""")]
    [InlineData("audit", """UPDATE "AuditHeads" SET "Hash" = 'x'""")]
    [InlineData("file", null)]
    public async Task What_is_broken_is_named(string rule, string? sql)
    {
        await using var world = await CaseWorld.StartAsync("Sqlite", CaseProcesses.TwoSigners(), Waiting());
        var id = await world.SubmittedAsync("two-signers");
        await world.DecideAsync(await world.TaskOfAsync(id, world.Head), world.Head, DecisionKind.Approve);
        await world.SubmittedAsync("waiting");
        await world.Kernel.WholeAsync("nothing");

        if (sql is not null)
            await world.Kernel.ReadAsync(db => Breaking.RunAsync(db, sql));
        else
            Directory.Delete(Path.Combine(world.Kernel.Folder, "files"), recursive: true);

        var report = await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<IntegrityCheck>().RunAsync(Cancel));
        Assert.Contains(rule, report.Violations.Select(one => one.Rule));
    }

    /// <summary>The append-only records have triggers that whoever breaks them takes away first.</summary>
    private static TestProcess Waiting() => new TestProcess("waiting") { Prefix = "WT" }
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add("wait", "Elsa.Delay", "等待", new { timeSpan = "00:30:00" })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "已等待" })
        .Connect("start", "apply").Connect("apply", "wait").Connect("wait", "close");
}
