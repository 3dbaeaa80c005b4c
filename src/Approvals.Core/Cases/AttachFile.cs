using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Cases;

/// <summary>What became of a file given to a case.</summary>
public abstract record AttachOutcome
{
    /// <summary>Stored under this attachment id.</summary>
    public sealed record Attached(Guid AttachmentId) : AttachOutcome;

    /// <summary>Taken out again.</summary>
    public sealed record Removed : AttachOutcome;

    /// <summary>The file is not accepted; nothing was changed.</summary>
    public sealed record Refused(string Message, FileRefusal Reason) : AttachOutcome;

    /// <summary>There is no such draft, open task or field that the person may edit.</summary>
    public sealed record NotAllowed : AttachOutcome;
}

/// <summary>Where a file is given: at one's own draft, or at a task whose step may edit the field.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="TaskId">The open task; null for a draft.</param>
public sealed record AttachPlace(Guid CaseId, Guid? TaskId = null);

/// <summary>上传和删除附件 — content is judged before anything is stored; rights are those of the form's fields at the step.</summary>
public sealed class AttachFile(
    ApprovalsDbContext db,
    UnitOfWork unitOfWork,
    FileStore files,
    FileIntake intake,
    FormCatalogue forms,
    DefinitionCatalogue catalogue,
    ActingRights acting,
    CurrentPerson person,
    AuditTrail audit,
    TimeProvider clock)
{
    private const int DefaultMaxFiles = 10;

    /// <summary>Adds a file to a field; a photo takes the place of the one before.</summary>
    /// <param name="place">Where.</param>
    /// <param name="fieldKey">Photo or attachments field.</param>
    /// <param name="fileName">Name as the person's computer has it; shown, never trusted.</param>
    /// <param name="content">Seekable content; not closed.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public Task<AttachOutcome> AddAsync(
        AttachPlace place, string fieldKey, string fileName, Stream content, CancellationToken cancellationToken) =>
        AddAsync(place, fieldKey, fileName, content, static _ => Task.CompletedTask, cancellationToken);

    /// <summary>The same; what <paramref name="along"/> writes about the file is stored together with it or not at all.</summary>
    public async Task<AttachOutcome> AddAsync(
        AttachPlace place, string fieldKey, string fileName, Stream content, Func<AttachOutcome.Attached, Task> along,
        CancellationToken cancellationToken)
    {
        if (await EditableFieldAsync(place, fieldKey, cancellationToken) is not { } field)
        {
            return new AttachOutcome.NotAllowed();
        }

        var isPhoto = field.Type == FieldType.Photo;
        var verdict = isPhoto ? await intake.JudgePhotoAsync(content, cancellationToken)
            : field.ScansOnly ? FileIntake.JudgeScan(content) : FileIntake.JudgeAttachment(content);
        if (verdict is FileVerdict.Refused refused)
        {
            return new AttachOutcome.Refused($"{field.Label}：{refused.Message}", refused.Reason);
        }

        var accepted = (FileVerdict.Accepted)verdict;
        return await unitOfWork.RunAsync<AttachOutcome>(
            async scope =>
            {
                var now = clock.GetUtcNow();
                if (!await HoldAsync(place, fieldKey, now, cancellationToken))
                {
                    scope.Abort();
                    return new AttachOutcome.NotAllowed();
                }

                var present = await db.Attachments
                    .Where(one => one.CaseId == place.CaseId && one.FieldKey == fieldKey && one.RemovedAt == null)
                    .ToListAsync(cancellationToken);
                var most = (int)(field.Max ?? DefaultMaxFiles);
                if (!isPhoto && present.Count >= most)
                {
                    scope.Abort();
                    return new AttachOutcome.Refused($"{field.Label}：最多 {most} 个文件，请先删除不需要的。", FileRefusal.Unfit);
                }

                present.Where(_ => isPhoto).ToList().ForEach(one => one.RemovedAt = now);
                var stored = await files.SaveAsync(accepted.Content, accepted.ContentType, person.Id, cancellationToken);
                var attachment = new CaseAttachment
                {
                    CaseId = place.CaseId,
                    FieldKey = fieldKey,
                    FileName = SafeName(fileName),
                    FileId = stored.Id,
                    UploadedBy = person.RequiredId,
                    UploadedAt = now,
                };
                db.Attachments.Add(attachment);
                audit.Record("case.file-added", "case", place.CaseId.ToString(), new { field = fieldKey, sha256 = stored.Sha256 });
                var attached = new AttachOutcome.Attached(attachment.Id);
                await along(attached);
                return attached;
            },
            cancellationToken);
    }

    /// <summary>Takes a file out; it is kept for the history.</summary>
    public Task<AttachOutcome> RemoveAsync(AttachPlace place, Guid attachmentId, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync<AttachOutcome>(
            async scope =>
            {
                var now = clock.GetUtcNow();
                var field = await db.Attachments.AsNoTracking().Where(one => one.Id == attachmentId && one.CaseId == place.CaseId)
                    .Select(one => one.FieldKey).FirstOrDefaultAsync(cancellationToken);
                var attachment = field is not null && await HoldAsync(place, field, now, cancellationToken)
                    ? await db.Attachments.FirstOrDefaultAsync(one => one.Id == attachmentId && one.RemovedAt == null, cancellationToken)
                    : null;
                if (attachment is null)
                {
                    scope.Abort();
                    return new AttachOutcome.NotAllowed();
                }

                attachment.RemovedAt = now;
                audit.Record("case.file-removed", "case", place.CaseId.ToString(), new { field = attachment.FieldKey, attachmentId });
                return new AttachOutcome.Removed();
            },
            cancellationToken);

    private async Task<FormField?> EditableFieldAsync(AttachPlace place, string fieldKey, CancellationToken cancellationToken)
    {
        if (await StepAsync(place, cancellationToken) is not { } step)
        {
            return null;
        }

        var form = await forms.GetAsync(step.VersionId, step.FormKey, cancellationToken);
        var field = form.Find(fieldKey);
        return field is { Type: FieldType.Photo or FieldType.Attachments } && FormRights.For(form, step.RightsKey).MayEdit(fieldKey)
            ? field
            : null;
    }

    private async Task<(string VersionId, string FormKey, string RightsKey)?> StepAsync(
        AttachPlace place, CancellationToken cancellationToken)
    {
        var me = person.RequiredId;
        var one = await db.Cases.AsNoTracking().Where(row => row.Id == place.CaseId)
            .Select(row => new { row.StarterId, row.ApplicantId, row.Status, row.DefinitionVersionId, row.ProcessKey })
            .FirstOrDefaultAsync(cancellationToken);
        if (one is null)
        {
            return null;
        }

        if (place.TaskId is not { } taskId)
        {
            var definition = await catalogue.GetAsync(one.DefinitionVersionId, cancellationToken);
            return one.StarterId == me && one.Status == CaseStatus.Draft && definition.Settings.StartForm is { } startForm
                ? (one.DefinitionVersionId, startForm, StepRights.OfStart(definition))
                : null;
        }

        var task = await (
            from row in db.Tasks.AsNoTracking()
            join run in db.StepRuns on row.StepRunId equals run.Id
            join instance in db.Instances on run.InstanceId equals instance.Id
            where row.Id == taskId && row.CaseId == place.CaseId && row.State == TaskState.Open

                // Whoever was asked in by a signer (加签) fills in nothing: what they sign is what the asker has signed or will sign.
                && (row.AddedForTaskId == null || row.AddedPlace == AddedPlace.Delegated)
            select new { row.AssigneeId, instance.DefinitionVersionId, run.FormKey, run.RightsKey })
            .FirstOrDefaultAsync(cancellationToken);
        return task is not null
            && await acting.CanActForAsync(me, task.AssigneeId, one.ProcessKey, clock.Today(), one.ApplicantId, cancellationToken)
            && (me == task.AssigneeId || await db.Tasks.Where(row => row.Id == taskId).WithoutPartOf(db, me).AnyAsync(cancellationToken))
            ? (task.DefinitionVersionId, task.FormKey, task.RightsKey)
            : null;
    }

    /// <summary>
    /// Files belong to what a signer is shown: a changed set of files is a changed case, for the hash and for a second window.
    /// </summary>
    /// <returns>Whether the person may still change the field now that the case's row is held.</returns>
    private async Task<bool> HoldAsync(AttachPlace place, string fieldKey, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Races closed: the step is decided or the draft submitted while the file is on its way, and two files for the last place. All
        // hold the case's row; the second sees what the first has written, and nothing is added to what was signed.
        await db.Cases.Where(row => row.Id == place.CaseId).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.UpdatedAt, now), cancellationToken);
        return await EditableFieldAsync(place, fieldKey, cancellationToken) is not null;
    }

    private static string SafeName(string fileName)
    {
        var name = fileName.Replace('\\', '/').Split('/')[^1];
        name = new string(name.Where(letter => !char.IsControl(letter)).ToArray()).Trim();
        return name.Length switch { 0 => "附件", > 120 => name[..60] + "…" + name[^50..], _ => name };
    }
}
