using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Cases;

/// <summary>
/// Who may read an attachment: whoever may read the case, but an applicant or starter only what the form shows them. The files of an
/// investigation of an objection are in the same case and not for them.
/// </summary>
public sealed class AttachmentAccess(
    ApprovalsDbContext db, CaseAccess access, DefinitionCatalogue catalogue, FormContextLoader forms, CurrentPerson person)
{
    /// <summary>Whether the signed-in person may read it; true, too, for an attachment that does not exist in a case they may read.</summary>
    public async Task<bool> CanReadAsync(Guid caseId, Guid attachmentId, CancellationToken cancellationToken)
    {
        if (!await access.CanReadAsync(caseId, cancellationToken) || person.Id is not { } me)
            return false;
        var subject = await db.Cases.AsNoTracking().SingleAsync(row => row.Id == caseId, cancellationToken);
        var attachment = await db.Attachments.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == attachmentId && row.CaseId == caseId, cancellationToken);
        if (attachment is null || attachment.UploadedBy == me || (subject.ApplicantId != me && subject.StarterId != me))
            return true;

        var start = (await catalogue.GetAsync(subject.DefinitionVersionId, cancellationToken)).Settings.StartForm;
        if (start is not null && await ShowsAsync(subject.DefinitionVersionId, start, CaseSheets.ReaderRights))
            return true;
        var steps = await (
                from step in db.StepRuns.AsNoTracking()
                join instance in db.Instances on step.InstanceId equals instance.Id
                where step.CaseId == caseId && db.Tasks.Any(task => task.StepRunId == step.Id && (task.AssigneeId == me || task.DecidedById == me))
                select new { instance.DefinitionVersionId, step.FormKey, step.RightsKey })
            .Distinct().ToListAsync(cancellationToken);
        foreach (var step in steps)
        {
            if (await ShowsAsync(step.DefinitionVersionId, step.FormKey, step.RightsKey))
                return true;
        }

        return false;

        async Task<bool> ShowsAsync(string version, string formKey, string rightsKey) => FormRights.For(
            (await forms.LoadAsync(version, formKey, rightsKey, caseId, cancellationToken)).Form, rightsKey).MayRead(attachment.FieldKey);
    }
}
