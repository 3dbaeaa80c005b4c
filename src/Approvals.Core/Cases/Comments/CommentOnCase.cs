using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Cases;

/// <summary>What became of a comment.</summary>
public enum CommentOutcome
{
    /// <summary>It stands.</summary>
    Written,

    /// <summary>There is no such case, or it is a draft.</summary>
    NotFound,

    /// <summary>The person may not read the case.</summary>
    NotYours,

    /// <summary>Nothing was written.</summary>
    Empty,

    /// <summary>Longer than <see cref="CaseComment.Longest"/>.</summary>
    TooLong,
}

/// <summary>
/// 评论 — whoever may read a case may write beside it; the applicant and whoever started it do not see what is meant for those who
/// handle it only. Mentioning somebody of the case (@姓名) tells them; it gives nobody a right to read.
/// </summary>
public sealed class CommentOnCase(
    ApprovalsDbContext db, UnitOfWork unitOfWork, CaseAccess access, CurrentPerson person, Notifier notifier, AuditTrail audit,
    LateRows late, TimeProvider clock)
{
    /// <summary>Comments of a case that the signed-in person may see, oldest first. The caller has asked <see cref="CaseAccess"/>.</summary>
    public Task<List<CaseComment>> ListAsync(Case row, CancellationToken cancellationToken)
    {
        var all = db.CaseComments.AsNoTracking().Where(one => one.CaseId == row.Id);
        return (IsOutside(row) ? all.Where(one => !one.IsInternal) : all).OrderBy(one => one.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Whether the signed-in person may write what the applicant does not see.</summary>
    public bool MayBeInternal(Case row) => !IsOutside(row);

    /// <summary>People of the case whom the signed-in person may mention, by name.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Name)>> PeopleAsync(Case row, bool isInternal, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        var ids = (await db.Tasks.AsNoTracking().Where(task => task.CaseId == row.Id)
            .Select(task => new { task.AssigneeId, task.DecidedById }).ToListAsync(cancellationToken))
            .SelectMany(task => new[] { task.AssigneeId, task.DecidedById ?? task.AssigneeId }).ToHashSet();
        ids.UnionWith(await db.Copies.AsNoTracking().Where(copy => copy.CaseId == row.Id).Select(copy => copy.PersonId).ToListAsync(cancellationToken));
        ids.UnionWith(await db.Positions.AsNoTracking().HeldOn(today).OfHeadsAndHandlers()
            .Where(post => post.OrgUnitId == row.OwnerSectionId)
            .Select(post => post.PersonId).ToListAsync(cancellationToken));
        ids.UnionWith(await db.OrgUnits.AsNoTracking().Where(unit => unit.Id == row.OwnerSectionId && unit.LeaderInChargeId != null)
            .Select(unit => unit.LeaderInChargeId!.Value).ToListAsync(cancellationToken));
        Guid[] outside = [row.ApplicantId, row.StarterId];
        if (isInternal)
            ids.ExceptWith(outside);
        else
            ids.UnionWith(outside);
        ids.Remove(person.RequiredId);
        var people = await db.People.AsNoTracking().Where(one => ids.Contains(one.Id) && one.IsActive).OrderBy(one => one.Name)
            .Select(one => new { one.Id, one.Name }).ToListAsync(cancellationToken);
        return [.. people.Select(one => (one.Id, one.Name))];
    }

    /// <summary>Writes a comment as the signed-in person and tells whom it mentions.</summary>
    public Task<CommentOutcome> WriteAsync(Guid caseId, string? text, bool isInternal, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async scope =>
            {
                var outcome = await WriteInTransactionAsync(caseId, text?.Trim() ?? "", isInternal, cancellationToken);
                if (outcome != CommentOutcome.Written)
                    scope.Abort();
                return outcome;
            },
            cancellationToken);

    private async Task<CommentOutcome> WriteInTransactionAsync(Guid caseId, string text, bool isInternal, CancellationToken cancellationToken)
    {
        // Nothing to lock: a comment changes nothing else, and a case that has been submitted never becomes a draft again.
        var row = await db.Cases.AsNoTracking().FirstOrDefaultAsync(one => one.Id == caseId, cancellationToken);
        if (row is null || row.Status == CaseStatus.Draft)
            return CommentOutcome.NotFound;
        if (!await access.CanReadAsync(caseId, cancellationToken))
            return CommentOutcome.NotYours;
        if (text.Length == 0)
            return CommentOutcome.Empty;
        if (text.Length > CaseComment.Longest)
            return CommentOutcome.TooLong;

        var comment = new CaseComment
        {
            CaseId = caseId,
            AuthorId = person.RequiredId,
            AuthorName = person.Name,
            Text = text,
            IsInternal = isInternal && MayBeInternal(row),
            At = clock.GetUtcNow(),
        };
        db.CaseComments.Add(comment);
        var mentioned = Mentions.In(text, [.. await PeopleAsync(row, comment.IsInternal, cancellationToken)]);
        foreach (var id in mentioned)
        {
            notifier.Tell(
                id, $"{person.Name}在{row.SubjectName}的“{row.ProcessName}”中提到您", $"/cases/{caseId}#comments",
                $"评论：{row.ProcessName}（{row.Number}）");
        }

        // What the applicant must not see is not hinted at in the history, which the applicant reads.
        if (!comment.IsInternal)
        {
            late.Add(new CaseEvent
            {
                CaseId = caseId, At = comment.At, Kind = "comment", ActorId = person.RequiredId, ActorName = person.Name, Text = "发表评论",
            });
        }

        audit.Record("case.commented", "case", caseId.ToString(), new { comment = comment.Id, isInternal = comment.IsInternal, mentioned });
        return CommentOutcome.Written;
    }

    private bool IsOutside(Case row) => person.Id == row.ApplicantId || person.Id == row.StarterId;
}
