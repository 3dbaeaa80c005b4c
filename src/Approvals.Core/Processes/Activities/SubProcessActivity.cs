using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Designer;
using Approvals.Core.Waiting;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Processes.Activities;

/// <summary>子流程 — runs another published process on the same case, waits for it and goes on by its result.</summary>
[Activity("Approvals", "SubProcess", Category = Categories.Processes, DisplayName = "子流程", GeneratedName = "子流程", CanWait = true,
    Description = "在本业务件上启动另一个已发布的流程，等它办完后按其结果继续，例如公示异议处理。")]
public sealed class SubProcessActivity : Activity
{
    /// <summary>Outcome for a result that no outcome of the step is named after.</summary>
    public const string Ended = "结束";

    /// <summary>Which.</summary>
    [Input(DisplayName = "子流程", UiHint = UiHints.DropDown, OptionSource = OptionSources.SubProcesses, Order = 1,
        Description = "要启动的流程：已发布、自己没有申请表的流程。以它当时的已发布版本运行。")]
    public Input<string> Process { get; set; } = null!;

    /// <summary>Data to take along.</summary>
    [Input(DisplayName = "带去的数据", UiHint = UiHints.MultiText, Order = 2,
        Description = "每项写“子流程输入=本业务件字段”，例如 applicant=name，写好一项按回车；表单数据不必带，子流程本来就能看到。")]
    public Input<string[]> Data { get; set; } = null!;

    /// <summary>Results that go ways of their own.</summary>
    [Input(DisplayName = "按结果分出口", UiHint = UiHints.DynamicOutcomes, FixedOutcomes = [Ended], Order = 3,
        Description = "写上子流程的结果名称，每个结果一个出口；其余结果走“结束”。")]
    public Input<List<string>> Results { get; set; } = null!;

    /// <summary>What it handed over.</summary>
    [Output(DisplayName = "输出", Description = "子流程用“设置输出”交回的数据。")]
    public Output<object> Result { get; set; } = null!;

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var process = context.Get(Process)?.Trim();
        var definition = process is not { Length: > 0 } ? null
            : await context.Services.GetRequiredService<DefinitionCatalogue>().FindPublishedAsync(process, context.CancellationToken);
        if (definition is null)
        {
            context.Fault(process is { Length: > 0 } ? $"子流程“{process}”没有已发布的版本。" : "没有选择子流程。", "no-process");
            return;
        }

        definition.Workflow.ThrowIfNotStartable();
        var scope = await CaseScope.LoadAsync(context);
        var child = Guid.CreateVersion7(context.Clock.GetUtcNow());
        var bookmark = context.CreateBookmark(
            BookmarkKinds.Child, child.ToString(), WaitNote.Of(context, $"子流程“{definition.Row.Name}”办完"));
        context.SetState(nameof(Process), child.ToString());
        context.Start(new ChildWorkflowRequest(
            child, process!, context.CorrelationId, FieldMap.Take(scope.Data, context.Get(Data) ?? []), context.InstanceId, bookmark.Id,
            InSameTransaction: true));
        scope.AddEvent("started", context.Node.DisplayText, $"启动子流程“{definition.Row.Name}”");
    }

    /// <inheritdoc />
    public override async ValueTask ResumeAsync(ActivityContext context, object? input)
    {
        context.Set(Result, input);
        var db = context.Services.GetRequiredService<ApprovalsDbContext>();
        var child = await db.Instances.FindAsync([Guid.Parse(context.Bookmark!.Key!)], context.CancellationToken);
        var results = child is null ? [] : WorkflowState.Deserialize(child.State).Outcomes ?? [];
        var known = context.Get(Results) ?? [];
        var taken = results.Where(known.Contains).ToArray();
        var scope = await CaseScope.LoadAsync(context);
        scope.AddEvent("started", context.Node.DisplayText, taken.Length == 0 ? "子流程办完" : $"子流程办完：{string.Join("、", taken)}");
        await context.CompleteAsync(taken.Length == 0 ? [Ended] : taken);
    }

    /// <summary>A step that is withdrawn, by a return for instance, takes its sub-process with it.</summary>
    public override async ValueTask CancelAsync(ActivityContext context, string reason)
    {
        if (!Guid.TryParse(context.GetState<string>(nameof(Process)), out var child))
            return;

        // The parent runs at this moment; a child that ends must not wake it by the row of a bookmark that is being withdrawn.
        var db = context.Services.GetRequiredService<ApprovalsDbContext>();
        await db.SaveChangesAsync(context.CancellationToken);
        var cut = await db.Instances.Where(row => row.Id == child && row.Status == nameof(WorkflowStatus.Running))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ParentBookmarkId, (Guid?)null), context.CancellationToken);
        if (cut > 0)
            context.Services.GetRequiredService<WorkflowHost>().CancelAfterBurst(child, reason, context.CancellationToken);
    }
}
