using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Core.Regulations;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>A task that may be approved together with others, or why it must be decided on its own page.</summary>
/// <param name="View">The task with what its signer must have seen.</param>
/// <param name="Refusal">Why not, in Chinese; null when it may.</param>
public sealed record BatchLine(TaskView View, string? Refusal);

/// <summary>A task as it was chosen.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="ShownHash">Hash of what was shown of it.</param>
public sealed record ChosenTask(Guid TaskId, string ShownHash);

/// <summary>What became of one of several.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Subject">Whose case, with its number; null when there is no such task.</param>
/// <param name="Outcome">What became of it; null when it must be decided on its own page.</param>
/// <param name="Refusal">Why it must, in Chinese.</param>
public sealed record BatchResult(Guid TaskId, string? Subject, DecideOutcome? Outcome, string? Refusal);

/// <summary>What became of all of them.</summary>
/// <param name="Errors">What is missing or wrong for all: nothing was decided. Paths are chosen, opinion, signature and secret.</param>
/// <param name="Results">One line for each task, in the order chosen.</param>
public sealed record BatchOutcome(IReadOnlyList<FieldError> Errors, IReadOnlyList<BatchResult> Results);

/// <summary>
/// 批量同意 — several tasks of one's own approved with one confirmation, at steps whose designer allows it. Each is a decision like any
/// other: over the hash of what was shown of it, in a transaction of its own, so that one that cannot be decided stops no other.
/// </summary>
public sealed class ApproveMany(
    ApprovalsDbContext db, TaskViews views, DecideTask deciding, DefinitionCatalogue catalogue, ISignerCheck signerCheck, CurrentPerson person)
{
    /// <summary>Most tasks at once: a signer must have looked at each.</summary>
    public const int Most = 20;

    /// <summary>Whether a published process has a step that allows it.</summary>
    /// <param name="versionIds">The published versions.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<bool> IsDesignedAsync(IEnumerable<string> versionIds, CancellationToken cancellationToken)
    {
        foreach (var id in versionIds)
        {
            if ((await catalogue.GetAsync(id, cancellationToken)).OffersBatch)
                return true;
        }

        return false;
    }

    /// <summary>The signed-in person's own open tasks at such steps, the most urgent first.</summary>
    public async Task<IReadOnlyList<BatchLine>> OfferedAsync(CancellationToken cancellationToken)
    {
        var me = person.RequiredId;
        var ids = await (
                from task in db.Tasks.AsNoTracking()
                join step in db.StepRuns.AsNoTracking() on task.StepRunId equals step.Id
                where task.AssigneeId == me && task.State == TaskState.Open && step.Options.Contains("\"canBatch\":true")
                orderby task.SortDue, task.ArrivedAt descending, task.Id
                select task.Id)
            .Take(Most).ToListAsync(cancellationToken);
        var lines = new List<BatchLine>();
        foreach (var id in ids)
        {
            if (await views.LoadAsync(id, cancellationToken) is { } view)
                lines.Add(new BatchLine(view, Refusal(view)));
        }

        return lines;
    }

    /// <summary>Approves the chosen tasks as the signed-in person, with the stored signature and the secret where a step is signed.</summary>
    /// <param name="chosen">At most <see cref="Most"/>, each once.</param>
    /// <param name="opinion">One opinion for all; null for none.</param>
    /// <param name="secret">Password or one-time code; not asked for when none of the chosen is signed.</param>
    /// <param name="cancellationToken">Stops before the next of them.</param>
    public async Task<BatchOutcome> ApproveAsync(
        IReadOnlyList<ChosenTask> chosen, string? opinion, string? secret, CancellationToken cancellationToken)
    {
        var tasks = new List<(ChosenTask Chosen, TaskView? View)>();
        foreach (var one in chosen.DistinctBy(one => one.TaskId).Take(Most + 1))
            tasks.Add((one, await views.LoadAsync(one.TaskId, cancellationToken)));
        var isSigned = tasks.Any(task => task.View is { Access: TaskAccess.Decide, Options.RequiresSignature: true });
        var errors = await ErrorsAsync([.. tasks.Select(task => task.View).OfType<TaskView>()], isSigned, opinion, secret, cancellationToken);
        if (errors.Count > 0)
            return new BatchOutcome(errors, []);

        var results = new List<BatchResult>();
        foreach (var (one, view) in tasks)
            results.Add(await ApproveAsync(one, view, isSigned, opinion, cancellationToken));
        return new BatchOutcome([], results);
    }

    /// <summary>Why a task must be decided on its own page; null when it need not.</summary>
    private static string? Refusal(TaskView view) => view switch
    {
        { Options.CanBatch: false } or { Step.Kind: not StepKind.Approval } => "此环节须逐件办理。",
        { Task.AddedForTaskId: not null } => "同事请您加签或委派给您的，须单独办理。",
        { Findings: var findings } when findings.Any(finding => finding.Verdict == Verdict.Fail) => "有不符合的核查结果，须单独办理。",
        _ => FormRights.For(view.Form.Form, view.Step.RightsKey).Editable.Any() ? "须填写表单，请单独办理。" : null,
    };

    private async Task<BatchResult> ApproveAsync(
        ChosenTask one, TaskView? view, bool isConfirmed, string? opinion, CancellationToken cancellationToken)
    {
        var subject = view is null or { Access: TaskAccess.None } ? null : $"{view.Task.SubjectName}（{view.Task.CaseNumber}）";
        if (view is { Access: TaskAccess.Decide } && Refusal(view) is { } refusal)
            return new BatchResult(one.TaskId, subject, null, refusal);
        var outcome = await deciding.DecideAsync(
            new DecideRequest
            {
                TaskId = one.TaskId,
                Kind = DecisionKind.Approve,
                Opinion = opinion,
                ShownHash = one.ShownHash,
                Method = view?.Options.RequiresSignature == true ? SignatureMethod.Stored : SignatureMethod.None,
                IsConfirmed = isConfirmed,
            },
            cancellationToken);
        return new BatchResult(one.TaskId, subject, outcome, null);
    }

    /// <summary>What is wrong for all of them; the secret is asked for last, and once, where one of them is signed.</summary>
    private async Task<IReadOnlyList<FieldError>> ErrorsAsync(
        IReadOnlyList<TaskView> tasks, bool isSigned, string? opinion, string? secret, CancellationToken cancellationToken)
    {
        if (tasks.Count == 0)
            return [new FieldError("chosen", "业务件", "请勾选要同意的业务件。", true)];
        if (tasks.Count > Most)
            return [new FieldError("chosen", "业务件", $"一次最多同意 {Most} 件。")];
        var errors = new List<FieldError>();
        if (tasks.Any(task => task.Options.RequiresOpinion) && string.IsNullOrWhiteSpace(opinion))
            errors.Add(new FieldError("opinion", "意见", "请填写意见。", true));
        if (opinion?.Length > DecisionChecks.LongestOpinion)
            errors.Add(new FieldError("opinion", "意见", $"意见最多 {DecisionChecks.LongestOpinion} 字，现为 {opinion.Length} 字。"));
        var me = person.RequiredId;
        if (isSigned && !await db.People.AnyAsync(one => one.Id == me && one.SignatureFileId != null, cancellationToken))
        {
            errors.Add(new FieldError("signature", "签名", "批量同意使用已存的签名，请先在“个人设置”中保存签名图片。"));
        }

        if (isSigned && string.IsNullOrEmpty(secret))
            errors.Add(new FieldError("secret", "密码或动态码", "请再次输入密码或动态码。", true));
        if (errors.Count > 0 || !isSigned)
            return errors;
        return await signerCheck.VerifyAsync(me, secret, cancellationToken) switch
        {
            SignerCheckOutcome.Confirmed => [],
            SignerCheckOutcome.LockedOut => [new FieldError("secret", "密码或动态码", "多次输入错误，账号已锁定。请稍后再试或联系安全管理员。")],
            _ => [new FieldError("secret", "密码或动态码", "密码或动态码不正确，请重新输入。")],
        };
    }
}
