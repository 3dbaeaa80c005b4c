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
    public bool IsAdded => Task.AddedForTaskId is not null;
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
        var mayAct = await MayActAsync(task, subject, cancellationToken);
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
            found.OthersWaiting);
    }

    /// <summary>Marks the first opening by somebody who may decide: the inbox shows as new what nobody has opened.</summary>
    public Task MarkOpenedAsync(Guid taskId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.Tasks.Where(task => task.Id == taskId && task.OpenedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(task => task.OpenedAt, now), cancellationToken);
    }

    private async Task<bool> MayActAsync(InboxTask task, Case subject, CancellationToken cancellationToken) =>
        person.Id is { } me
        && await acting.CanActForAsync(me, task.AssigneeId, task.ProcessKey, clock.Today(), subject.ApplicantId, cancellationToken);
}
