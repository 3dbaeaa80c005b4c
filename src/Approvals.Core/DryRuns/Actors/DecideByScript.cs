using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Documents.Images;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.DryRuns.Actors;

/// <summary>Decides one task as the page does: looks at it, fills in what the step asks for, signs, decides.</summary>
internal sealed class DecideByScript
{
    /// <summary>Decides the task; what is refused becomes a note.</summary>
    public Task DecideAsync(DryRunStage stage, ScriptedTask task, CancellationToken cancellationToken) => stage.AsAsync(
        task.Actor,
        async services =>
        {
            var views = services.GetRequiredService<TaskViews>();
            if (await views.LoadAsync(task.TaskId, cancellationToken) is not { } view)
                return false;
            var kind = KindOf(view, task.Answer.Decision);
            if (kind != DecisionKind.Return
                && await AttachAsync(stage, services, view, cancellationToken)
                && await views.LoadAsync(task.TaskId, cancellationToken) is { } again)
            {
                view = again;
            }

            var outcome = await services.GetRequiredService<DecideTask>()
                .DecideAsync(Request(stage, view, task, kind), cancellationToken);
            if (Refusal(outcome) is { } why)
                stage.Note($"“{task.StepName}”未能按脚本办理：{why}");
            return outcome is DecideOutcome.Decided;
        },
        cancellationToken);

    private static DecisionKind KindOf(TaskView view, ScriptedDecision decision) => decision switch
    {
        ScriptedDecision.Reject => DecisionKind.Reject,
        ScriptedDecision.Return => DecisionKind.Return,
        ScriptedDecision.Abstain => DecisionKind.Abstain,
        _ => view.Step.Kind == StepKind.Form ? DecisionKind.Submit : DecisionKind.Approve,
    };

    private static async Task<bool> AttachAsync(
        DryRunStage stage, IServiceProvider services, TaskView view, CancellationToken cancellationToken)
    {
        var attached = false;
        var rights = FormRights.For(view.Form.Form, view.Step.RightsKey);
        foreach (var field in rights.Editable.Where(field => field.IsFile && FormContext.IsShown(field, view.Data)))
        {
            for (var left = SampleForm.Files(field, view.Form.Context, onlyRequired: true); left > 0; left--)
            {
                attached |= await SampleFiles.AttachAsync(
                    services, stage, new AttachPlace(view.Case.Id, view.Task.Id), field, cancellationToken);
            }
        }

        return attached;
    }

    private static DecideRequest Request(DryRunStage stage, TaskView view, ScriptedTask task, DecisionKind kind) => new()
    {
        TaskId = task.TaskId,
        Kind = kind,
        Opinion = task.Answer.Opinion ?? SampleOpinion(view, kind),
        ReturnTo = kind == DecisionKind.Return ? TargetOf(stage, view, task) : null,
        Fields = kind == DecisionKind.Return ? null : FieldsOf(stage, view, task.Answer.Fields, kind),
        ShownHash = view.Shown.Hash,
        Method = SignatureMethod.Drawn,
        Drawing = view.Options.RequiresSignature ? SamplePictures.Signature(view.AssigneeName ?? "试运行") : null,
        Secret = "dry-run",
    };

    private static string? SampleOpinion(TaskView view, DecisionKind kind) => kind switch
    {
        DecisionKind.Reject => "试运行：不同意。",
        DecisionKind.Return => "试运行：请更正后重新提交。",
        DecisionKind.Approve => view.Options.RequiresOpinion ? "试运行：同意。" : null,
        _ => null,
    };

    private static string? TargetOf(DryRunStage stage, TaskView view, ScriptedTask task)
    {
        var targets = view.Options.ReturnTargets;
        var wanted = task.Answer.ReturnTo;
        var target = wanted is null
            ? targets.FirstOrDefault()
            : targets.FirstOrDefault(one => one.ActivityId == wanted || one.StepName == wanted);
        if (target is null && wanted is not null)
            stage.Note($"“{task.StepName}”不能退回到“{wanted}”，可退回：{string.Join("、", targets.Select(one => one.StepName))}。");
        return target?.ActivityId;
    }

    private static JsonObject FieldsOf(DryRunStage stage, TaskView view, JsonObject given, DecisionKind kind)
    {
        var fields = given.DeepClone().AsObject();
        var merged = FormMerge.Apply(view.Form.Form, view.Data, fields, view.Form.Context);
        foreach (var (key, value) in stage.Sample.Fill(view.Form, merged, onlyRequired: true))
            fields[key] = value?.DeepClone();
        if (kind == DecisionKind.Approve && view.Waivable.Count > 0 && FieldValues.Text(fields["waiverReason"]) is null)
        {
            fields["waiverReason"] = "试运行样例：特殊行业专业优秀人才，拟适当放宽。";
            stage.Note($"“{view.Step.StepName}”有不符合的条件，已用样例理由批准放宽；实际办理须由领导书面写明。");
        }

        return fields;
    }

    private static string? Refusal(DecideOutcome outcome) => outcome switch
    {
        DecideOutcome.Decided => null,
        DecideOutcome.Invalid invalid => string.Join("；", invalid.Errors.Select(error => error.Message)),
        DecideOutcome.NotYours => "指定的人不是此环节的办理人，也不是其代理人。",
        DecideOutcome.AlreadyDecided => "此环节已由他人办理。",
        DecideOutcome.ContentChanged => "内容在办理时发生了变化。",
        _ => "待办已不存在。",
    };
}
