using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Forms;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Core.Regulations;
using Approvals.Core.Telemetry;
using Approvals.Core.Webhooks;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>
/// 办理 — one decision, one transaction: the task is claimed, what was shown is compared and signed, the form changes, the step
/// ends or goes on, the workflow runs, history and audit are written; all of it or nothing.
/// </summary>
public sealed class DecideTask(
    ApprovalsDbContext db,
    UnitOfWork unitOfWork,
    TaskViews views,
    InstanceLock locks,
    DefinitionCatalogue catalogue,
    ISignerCheck signerCheck,
    FileStore files,
    FormChecking checking,
    FindingWaiver waivers,
    AdvanceStep advance,
    CurrentPerson person,
    AuditTrail audit,
    Announcer announcer,
    Measures measures,
    TimeProvider clock,
    IServiceProvider services)
{
    /// <summary>Decides a task as the signed-in person.</summary>
    public async Task<DecideOutcome> DecideAsync(DecideRequest request, CancellationToken cancellationToken)
    {
        using var span = Tracing.Begin("decide");
        var outcome = await DecideUnseenAsync(request, cancellationToken);
        span?.SetTag("approvals.task", request.TaskId).SetTag("approvals.kind", request.Kind.ToString())
            .SetTag("approvals.outcome", outcome.GetType().Name);
        if (outcome is not DecideOutcome.Decided)
            measures.Refused(outcome.GetType().Name);
        return outcome;
    }

    private async Task<DecideOutcome> DecideUnseenAsync(DecideRequest request, CancellationToken cancellationToken)
    {
        // All that can be done without a lock is done before the transaction: reading what is shown, which counts only if nobody has
        // changed it when the lock is held; decoding the drawing; hashing the password; storing the picture.
        var seen = await views.LoadAsync(request.TaskId, cancellationToken);
        if (Refuse(seen) is { } refusal)
            return refusal;
        var (step, options, signer) = (seen!.Step, seen.Options, seen.Reader!);
        var errors = DecisionChecks.Check(
            step, options, request, seen.IsDelegated, signer.SignatureFileId is not null, out var drawing);
        if (errors.Count > 0)
            return new DecideOutcome.Invalid(errors);
        if (options.RequiresSignature && !request.IsConfirmed)
        {
            switch (await signerCheck.VerifyAsync(signer.Id, request.Secret, cancellationToken))
            {
                case SignerCheckOutcome.LockedOut:
                    return new DecideOutcome.LockedOut();
                case SignerCheckOutcome.Wrong:
                    return new DecideOutcome.Invalid([new FieldError("secret", "密码或动态码", "密码或动态码不正确，请重新输入。")]);
            }
        }

        var signature = options.RequiresSignature ? await SignatureAsync(drawing, signer, cancellationToken) : null;
        var done = await unitOfWork.RunAsync(
            async scope =>
            {
                var outcome = await DecideAsync(request, seen, signer, signature, cancellationToken);
                if (outcome is not DecideOutcome.Decided)
                    scope.Abort();
                return outcome;
            },
            cancellationToken);
        if (done is DecideOutcome.Decided)
            measures.Decided(request.Kind.ToString(), seen.Case.ProcessKey);
        return done;
    }

    /// <summary>Why the signed-in person cannot act on a task; null when they can.</summary>
    internal static DecideOutcome? Refuse(TaskView? view) => view switch
    {
        null => new DecideOutcome.NotFound(),
        { IsHolder: true, Task.State: TaskState.Done or TaskState.Closed } => new DecideOutcome.AlreadyDecided(
            view.DecidedByName, view.Task.ClosedAt, view.Task.DecidedAs ?? view.Task.ClosedReason),
        { Access: not TaskAccess.Decide } => new DecideOutcome.NotYours(view.WhyNotMine),
        _ => null,
    };

    private async Task<Guid?> SignatureAsync(byte[]? drawing, Person signer, CancellationToken cancellationToken)
    {
        if (drawing is null)
            return signer.SignatureFileId;
        using var picture = new MemoryStream(drawing);
        return (await files.SaveAsync(picture, "image/png", signer.Id, cancellationToken)).Id;
    }

    private async Task<DecideOutcome> DecideAsync(
        DecideRequest request, TaskView seen, Person signer, Guid? signature, CancellationToken cancellationToken)
    {
        // What this scope has tracked so far may be older than the lock; nothing of it counts.
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();

        // Race closed: two answers to one step, or one task, at once. Under the instance's lock the second sees the first's answer, so
        // the step ends once and no answer is lost: what was read before the lock stands only if nothing has changed since.
        var isUnchanged = await locks.TakeUnchangedAsync(seen.Instance, seen.Case, cancellationToken);
        var view = isUnchanged ? seen : await views.LoadAsync(request.TaskId, cancellationToken);
        if (Refuse(view) is { } refusal)
            return refusal;
        if (!string.Equals(view!.Shown.Hash, request.ShownHash, StringComparison.Ordinal))
            return new DecideOutcome.ContentChanged();
        if (await StaleReturnAsync(view, request, cancellationToken) is { } stale)
            return stale;
        db.AttachRange(view.Task, view.Step);
        if (!isUnchanged)
            db.Attach(view.Case);

        var now = clock.GetUtcNow();
        var word = WordOf(view, request.Kind);
        StepTasks.Claim(view.Task, signer.Id, word, now);
        var scope = (await CaseScope.LoadAsync(services, view.Case.Id, cancellationToken))!;
        var (entered, errors) = await EnterAsync(view, request, scope, cancellationToken);
        if (errors.Count == 0)
            errors = await WaiveAsync(view, request, signer, cancellationToken);
        if (errors.Count > 0)
            return new DecideOutcome.Invalid(errors);

        var decision = Append(view, request, scope, signer, signature, entered, word, now);

        // Stored before the workflow runs: its activities read who decided what, and what was waived.
        await db.SaveChangesAsync(cancellationToken);

        // With what the workflow changes of the case: one update of its row instead of two.
        scope.Row.HasDecision |= signer.Id != scope.Row.ApplicantId;
        scope.Row.UpdatedAt = now;
        await advance.AfterAsync(view, request, $"{person.Name}已办理：{word}", now, cancellationToken);
        return new DecideOutcome.Decided(decision.Id, view.Case.Id);
    }

    /// <summary>
    /// A step offers what could be returned to when it was opened. What was granted since then, beside it or by an earlier release of this
    /// program, is not gone behind: the targets are asked for anew.
    /// </summary>
    private async Task<DecideOutcome?> StaleReturnAsync(TaskView view, DecideRequest request, CancellationToken cancellationToken)
    {
        if (request.Kind != DecisionKind.Return)
            return null;
        var definition = await catalogue.GetAsync(view.Instance.DefinitionVersionId, cancellationToken);
        var state = WorkflowState.Deserialize(view.Instance.State);
        return StateReturns.Of(definition.Workflow, state, view.Step.ActivityId).Contains(request.ReturnTo)
            ? null
            : new DecideOutcome.Invalid([new FieldError("returnTo", "退回到", "该环节之后已登记应付，不能再退回到那里，请选择其他环节。")]);
    }

    private static string WordOf(TaskView view, DecisionKind kind) => kind switch
    {
        DecisionKind.Approve => view.Options.ApproveLabel,
        DecisionKind.Reject => view.Options.RejectLabel ?? StepActivity.Rejected,
        DecisionKind.Return => StepActivity.Returned,
        DecisionKind.Abstain => "弃权",
        _ => "提交",
    };

    /// <summary>Takes over the fields the step may edit. A return and a further signature ask for no complete form, every other decision does.</summary>
    private async Task<(JsonObject Entered, IReadOnlyList<FieldError> Errors)> EnterAsync(
        TaskView view, DecideRequest request, CaseScope scope, CancellationToken cancellationToken)
    {
        if (request.Kind == DecisionKind.Return || view.IsAdded)
            return ([], []);
        var (form, context) = (view.Form.Form, view.Form.Context);
        var merged = FormMerge.Apply(form, scope.Data, request.Fields ?? [], context);
        var errors = await checking.ErrorsAsync(
            view.Case.ProcessKey, new FormCheckInput(view.Case.Id, view.Form, merged), cancellationToken);
        if (errors.Count > 0)
            return ([], errors);
        var changed = new JsonObject(merged
            .Where(pair => !JsonNode.DeepEquals(pair.Value, scope.Data[pair.Key]))
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
        if (changed.Count > 0)
            scope.SetData(merged);

        // A corrected application may name another unit: the steps that follow ask that one.
        if (view.Step.ActivityId == scope.Definition.Settings.StartActivity)
            CaseHeading.Take(scope.Row, scope.Definition.Settings, scope.Data);
        return (changed, []);
    }

    /// <summary>T§12(四): 特殊行业专业优秀人才可适当放宽 — only with a written reason and the leader's signature on this decision.</summary>
    private async Task<IReadOnlyList<FieldError>> WaiveAsync(
        TaskView view, DecideRequest request, Person signer, CancellationToken cancellationToken)
    {
        if (request.Kind != DecisionKind.Approve || view.Waivable.Count == 0)
            return [];
        foreach (var finding in view.Waivable)
        {
            var granted = await waivers.GrantAsync(view.Case.Id, finding.Rule, ReasonOf(request), signer.Id, cancellationToken);
            if (granted == WaiverOutcome.ReasonNeeded)
                return [new FieldError("waiverReason", "放宽理由", $"“{finding.Title}”不符合，同意须书面写明理由。", true)];
        }

        return [];
    }

    private static string? ReasonOf(DecideRequest request) => FieldValues.Text(request.Fields?["waiverReason"]);

    private Decision Append(
        TaskView view,
        DecideRequest request,
        CaseScope scope,
        Person signer,
        Guid? signature,
        JsonObject entered,
        string word,
        DateTimeOffset now)
    {
        var line = view.LineOf(signer.Name);
        // The page always sends the chosen target; it means something in a return only.
        var target = request.Kind == DecisionKind.Return
            ? view.Options.ReturnTargets.FirstOrDefault(one => one.ActivityId == request.ReturnTo)
            : null;
        var opinion = string.IsNullOrWhiteSpace(request.Opinion) ? null : request.Opinion.Trim();
        var signed = view.Shown.With(request.Kind, opinion, target?.ActivityId, entered, signer.Id, now);
        var decision = new Decision
        {
            TaskId = view.Task.Id,
            StepRunId = view.Step.Id,
            CaseId = view.Case.Id,
            StepName = view.Step.StepName,
            DeciderId = signer.Id,
            OnBehalfOfId = view.OnBehalfOfId,
            SignatureLine = line,
            Kind = request.Kind,
            Opinion = opinion,
            ReturnTo = target?.ActivityId,
            ReturnToName = target?.StepName,
            Method = view.Options.RequiresSignature ? request.Method : SignatureMethod.None,
            SignatureFileId = signature,
            HashAlgorithm = ShownContent.Algorithm,
            ShownHash = signed.Hash,
            Shown = signed.Json,
            At = now,
        };
        db.Decisions.Add(decision);
        var kind = request.Kind switch
        {
            DecisionKind.Submit => "submitted",
            DecisionKind.Return => "returned",
            DecisionKind.Reject => "refused",
            _ => "decided",
        };
        var text = target is null ? word : $"退回到“{target.StepName}”";
        scope.AddEvent(kind, view.Step.StepName, text, opinion, new Signer(signer.Id, line), decision.Id);
        audit.Record("task.decided", "case", view.Case.Id.ToString(), new
        {
            task = view.Task.Id,
            decision = decision.Id,
            kind = request.Kind.ToString(),
            shown = signed.Hash,
            onBehalfOf = view.OnBehalfOfId,
        });
        Announce(decision, scope.Row);
        return decision;
    }

    private void Announce(Decision decision, Case row)
    {
        var kind = JsonNamingPolicy.CamelCase.ConvertName(decision.Kind.ToString());
        announcer.Announce(WebhookEvents.TaskDecided, decision.Id, row, new
        {
            taskId = decision.TaskId, decisionId = decision.Id, step = decision.StepName, kind, deciderId = decision.DeciderId,
        });
        if (decision.Kind == DecisionKind.Return)
            announcer.Announce(WebhookEvents.CaseReturned, decision.Id, row, new { step = decision.StepName, returnedTo = decision.ReturnToName });
    }
}
