using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Api;

/// <summary>Tells apart why a case cannot be read or changed: none there, somebody else's, or no draft any more.</summary>
internal sealed class CaseRefusals(ApprovalsDbContext db, CaseAccess access, CurrentPerson person, Problems problems)
{
    /// <summary>Null when the caller may read the case.</summary>
    public async Task<IResult?> OfReadingAsync(Guid caseId, CancellationToken stop) =>
        await access.CanReadAsync(caseId, stop) ? null : await OfStrangerAsync(caseId, stop);

    /// <summary>Why the caller's use case did not find a draft of theirs.</summary>
    public async Task<IResult> OfDraftAsync(Guid caseId, CancellationToken stop)
    {
        var me = person.RequiredId;
        return await db.Cases.AnyAsync(one => one.Id == caseId && one.StarterId == me, stop)
            ? problems.NotADraft()
            : await OfStrangerAsync(caseId, stop);
    }

    /// <summary>404 when there is no such case, 403 otherwise; the ids are random enough that this tells nobody anything.</summary>
    public async Task<IResult> OfStrangerAsync(Guid caseId, CancellationToken stop) =>
        await db.Cases.AnyAsync(one => one.Id == caseId, stop) ? problems.Forbidden() : problems.NotFound();
}
