using System.Text.Json.Nodes;
using Approvals.Core.Data;
using Approvals.Core.Designer;
using Approvals.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Cases.Activities;

/// <summary>发起后续业务 — starts another process as a case of its own and does not wait for it.</summary>
[Activity("Approvals", "StartCase", Category = Categories.Processes, DisplayName = "发起后续业务", GeneratedName = "发起后续业务",
    Description = "以本业务件的申请人发起另一个流程的业务件，带去指定的数据，不等待其办结。")]
public sealed class StartCaseActivity : Activity
{
    /// <summary>Field of the new case that names the case it came from.</summary>
    public const string SourceField = "sourceCaseId";

    /// <summary>Process.</summary>
    [Input(DisplayName = "流程", UiHint = UiHints.DropDown, OptionSource = OptionSources.Processes, Order = 1,
        Description = "要发起哪个流程的业务件，例如“意外伤害保险”。")]
    public Input<string> Process { get; set; } = null!;

    /// <summary>Data to take along.</summary>
    [Input(DisplayName = "带去的数据", UiHint = UiHints.MultiText, Order = 2,
        Description = "每项写“新业务件字段=本业务件字段”，用字段代码，例如 commanderName=name，写好一项按回车。")]
    public Input<string[]> Data { get; set; } = null!;

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var process = context.Get(Process) ?? "";
        var services = context.Services;
        var db = services.GetRequiredService<ApprovalsDbContext>();

        // The run's id becomes the case's: a run that is retried after a fault finds the case it has started.
        if (await db.Cases.FindAsync([context.RunId], context.CancellationToken) is not null)
        {
            return;
        }

        // Before there is a case: one that could not go on would stand there for ever.
        context.GuardDepth();
        var scope = await CaseScope.LoadAsync(context);
        var opening = services.GetRequiredService<OpenCase>();
        var started = await opening.MakeAsync(
            new OpenCaseRequest(
                process, scope.Row.SubjectName, scope.Row.StarterId, scope.Row.ApplicantId, Map(scope, context.Get(Data) ?? []))
            {
                Id = context.RunId,
                UnitId = scope.Row.UnitId,
                OwnerSectionId = scope.Row.OwnerSectionId,
                SourceCaseId = scope.Row.Id,
            },
            context.CancellationToken);
        if (started is null)
        {
            context.Fault($"流程“{process}”没有已发布的版本，不能发起后续业务。", "no-process");
        }

        scope.AddEvent("started", context.Node.DisplayText, $"发起“{started.ProcessName}”（{started.Number}）");
        await opening.RunAsync(started, context.CancellationToken);
    }

    private static JsonObject Map(CaseScope scope, string[] lines)
    {
        var data = new JsonObject { [SourceField] = scope.Row.Id.ToString() };
        foreach (var (target, value) in FieldMap.Take(scope.Data, lines))
        {
            data[target] = Values.ToJson(value);
        }

        return data;
    }
}
