using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Core.Regulations;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>Whether the signed-in person may decide a task now.</summary>
public enum TaskAccess
{
    /// <summary>It is theirs, or they stand in for whose it is.</summary>
    Decide,

    /// <summary>They may read the case, but the task is done or somebody else's.</summary>
    Read,

    /// <summary>Neither.</summary>
    None,
}

/// <summary>
/// A task with all that its page shows and its decision signs. <c>IsHolder</c>: it is, or was, the reader's to decide — their own, of whom
/// they stand in for, or decided by them; only they are told that they come too late.
/// </summary>
public sealed record TaskView(
    InboxTask Task,
    StepRun Step,
    StepOptions Options,
    Case Case,
    WorkflowInstanceRow Instance,
    Person? Reader,
    JsonObject Data,
    LoadedForm Form,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<Finding> Waivable,
    ShownContent Shown,
    TaskAccess Access,
    bool IsHolder,
    Guid? OnBehalfOfId,
    string? AssigneeName,
    string? DecidedByName,
    int OthersWaiting)
{
    /// <summary>Whether the holder was asked in by a signer (加签): agrees or refuses, but fills in and waives nothing.</summary>
    public bool IsAdded => Task.AddedForTaskId is not null && !IsDelegated;

    /// <summary>Whether the holder works in somebody's place (委派): fills in and says what they think, and decides nothing.</summary>
    public bool IsDelegated => Task.AddedPlace == AddedPlace.Delegated;

    /// <summary>Signature line of whoever acts on it: for somebody else it reads "X 代 Y".</summary>
    public string LineOf(string name) => OnBehalfOfId is null ? name : $"{name} 代 {AssigneeName}";

    /// <summary>Whether a kind of decision is the holder's to take.</summary>
    public bool IsOffered(DecisionKind kind) => DecisionChecks.IsOffered(Step, Options, kind, IsDelegated);

    /// <summary>Why a substitute may not act on it although they stand in for its holder, in one Chinese sentence; null otherwise.</summary>
    public string? WhyNotMine { get; init; }

    /// <summary>Whether a later look shows the same, but for files that the reader has given or taken out in between.</summary>
    /// <param name="own">Attachments of the reader's that came or went; a photo takes the place of the one before.</param>
    /// <param name="later">The later look.</param>
    public bool ShowsSameButFor(IReadOnlySet<Guid> own, TaskView later)
    {
        var replaced = later.Form.Files
            .Where(file => own.Contains(file.Id) && later.Form.Form.Find(file.FieldKey)?.Type == FieldType.Photo)
            .Select(file => file.FieldKey).ToHashSet(StringComparer.Ordinal);
        IEnumerable<Guid> Others(TaskView view) => view.Form.Files
            .Where(file => !own.Contains(file.Id) && !replaced.Contains(file.FieldKey)).Select(file => file.Id).Order();
        return WithoutFiles(this).Hash == WithoutFiles(later).Hash && Others(this).SequenceEqual(Others(later));
    }

    private static ShownContent WithoutFiles(TaskView view) =>
        ShownContent.Of(view.Case.Number ?? "", view.Step, view.Form.Form, view.Data, [], view.Findings);
}

/// <summary>Loads a task for its page or its decision.</summary>
public sealed class TaskViews(
    ApprovalsDbContext db,
    TaskRows rows,
    FormContextLoader forms,
    FindingWaiver waivers,
    ActingRights acting,
    CaseAccess access,
    CurrentPerson person,
    TimeProvider clock)
{
    /// <summary>The task; null when there is none with this id.</summary>
    public async Task<TaskView?> LoadAsync(Guid taskId, CancellationToken cancellationToken)
    {
        // One connection for all that is read.
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            return await ReadAsync(taskId, cancellationToken);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>The rows that a decision is checked against come first: what is read after them is at least as new.</summary>
    private async Task<TaskView?> ReadAsync(Guid taskId, CancellationToken cancellationToken)
    {
        if (await rows.FindAsync(db, taskId, person.Id, cancellationToken) is not { } found)
            return null;
        var (task, step, subject) = (found.Task, found.Step, found.Case);
        var form = await forms.LoadAsync(found.Instance.DefinitionVersionId, step.FormKey, step.RightsKey, subject.Id, cancellationToken);
        var data = JsonNode.Parse(subject.Data)!.AsObject();
        var findings = await rows.FindingsAsync(db, subject.Id, cancellationToken);
        var options = StepOptions.Read(step);
        var (mayAct, whyNot) = await MayActAsync(task, subject, cancellationToken);
        var files = form.Files.Select(file => new ShownFile(file.FieldKey, file.FileName, file.Sha256));
        return new TaskView(
            task,
            step,
            options,
            subject,
            found.Instance,
            found.Reader,
            data,
            form,
            findings,
            options.GrantsWaivers && task.AddedForTaskId is null ? waivers.NeededOf(findings) : [],
            ShownContent.Of(subject.Number ?? "", step, form.Form, data, files, findings),
            !mayAct
                ? await access.CanReadAsync(task.CaseId, cancellationToken) ? TaskAccess.Read : TaskAccess.None
                : task.State == TaskState.Open ? TaskAccess.Decide : TaskAccess.Read,
            mayAct || (person.Id is not null && person.Id == task.DecidedById),
            person.Id == task.AssigneeId ? null : task.AssigneeId,
            found.AssigneeName,
            found.DecidedByName,
            found.OthersWaiting)
        {
            WhyNotMine = whyNot,
        };
    }

    /// <summary>Marks the first opening by somebody who may decide: the inbox shows as new what nobody has opened.</summary>
    public Task MarkOpenedAsync(Guid taskId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.Tasks.Where(task => task.Id == taskId && task.OpenedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(task => task.OpenedAt, now), cancellationToken);
    }

    private async Task<(bool MayAct, string? WhyNot)> MayActAsync(InboxTask task, Case subject, CancellationToken cancellationToken)
    {
        if (person.Id is not { } me
            || !await acting.CanActForAsync(me, task.AssigneeId, task.ProcessKey, clock.Today(), subject.ApplicantId, cancellationToken))
        {
            return (false, null);
        }

        // Read after the instance's row, and again under its lock when that has changed: of two signatures of one person at once, one counts.
        return me == task.AssigneeId || await db.Tasks.Where(one => one.Id == task.Id).WithoutPartOf(db, me).AnyAsync(cancellationToken)
            ? (true, null)
            : (false, "同一环节您只能签署一次，不能再代他人签署。");
    }
}
