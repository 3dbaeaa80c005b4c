using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Notices;

/// <summary>A notice in the public list.</summary>
/// <param name="DaysLeft">Working days left after today; meaningful while it runs.</param>
public sealed record NoticeLine(
    Guid Id, string Number, string Title, DateOnly PublishedOn, DateOnly EndsOn, NoticeStatus Status, int DaysLeft);

/// <summary>What the public learns of an objection by its receipt: no content, no names.</summary>
public sealed record ObjectionStanding(
    string Receipt, string NoticeNumber, Guid NoticeId, DateTimeOffset FiledAt, ObjectionStatus Status, NoticeStatus Notice,
    DateTimeOffset? RuledAt);

/// <summary>An objection in the handlers' list.</summary>
public sealed record ObjectionLine(
    Guid Id, string Receipt, string NoticeNumber, string NoticeTitle, Guid CaseId, DateTimeOffset FiledAt, ObjectionStatus Status);

/// <summary>Reads notices and objections for their pages.</summary>
public sealed class NoticeQuery(ApprovalsDbContext db, WorkingCalendarStore calendars, CurrentPerson person, TimeProvider time)
{
    /// <summary>How many ended notices a page of the archive has.</summary>
    public const int ArchivePage = 20;

    /// <summary>Notices in force, the one that ends first on top.</summary>
    public async Task<IReadOnlyList<NoticeLine>> InForceAsync(CancellationToken cancellationToken) => await LinesAsync(
        db.Notices.Where(row => row.Status == NoticeStatus.Running || row.Status == NoticeStatus.Held)
            .OrderBy(row => row.EndsOn).ThenBy(row => row.Id),
        cancellationToken);

    /// <summary>Notices that are over, newest first, from after a given one.</summary>
    /// <param name="after">Id of the last notice of the page before; null for the first page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<NoticeLine>> ArchiveAsync(Guid? after, CancellationToken cancellationToken)
    {
        var rows = db.Notices.Where(row => row.Status != NoticeStatus.Running && row.Status != NoticeStatus.Held);
        if (after is { } id)
        {
            var last = await db.Notices.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
            rows = last is null ? rows : rows.Where(row =>
                row.PublishedOn < last.PublishedOn || (row.PublishedOn == last.PublishedOn && row.Id.CompareTo(last.Id) < 0));
        }

        return await LinesAsync(
            rows.OrderByDescending(row => row.PublishedOn).ThenByDescending(row => row.Id).Take(ArchivePage), cancellationToken);
    }

    /// <summary>A notice; null when there is none.</summary>
    public Task<PublicNotice?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        db.Notices.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>Working days left of a notice after today.</summary>
    public async Task<int> DaysLeftAsync(PublicNotice notice, CancellationToken cancellationToken) =>
        NoticePeriod.DaysLeft(notice.EndsOn, time.Today(), await calendars.LoadAsync(cancellationToken));

    /// <summary>How an objection stands, by its receipt; null when there is none.</summary>
    public Task<ObjectionStanding?> ByReceiptAsync(string receipt, CancellationToken cancellationToken)
    {
        var normal = receipt.Trim().ToUpperInvariant();
        return (
                from objection in db.Objections.AsNoTracking()
                join notice in db.Notices.AsNoTracking() on objection.NoticeId equals notice.Id
                where objection.Receipt == normal
                select new ObjectionStanding(
                    objection.Receipt, notice.Number, notice.Id, objection.FiledAt, objection.Status, notice.Status, objection.RuledAt))
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The latest 200 objections, open ones first; for handlers and auditors, of whom nobody sees those against themself.</summary>
    public async Task<IReadOnlyList<ObjectionLine>> ObjectionsAsync(CancellationToken cancellationToken) => await (
            from objection in db.Objections.AsNoTracking()
            join notice in db.Notices.AsNoTracking() on objection.NoticeId equals notice.Id
            where !db.Cases.Any(row => row.Id == objection.CaseId && row.ApplicantId == person.Id)
            orderby objection.Status == ObjectionStatus.Open descending, objection.FiledAt descending
            select new ObjectionLine(
                objection.Id, objection.Receipt, notice.Number, notice.Title, objection.CaseId, objection.FiledAt, objection.Status))
        .Take(200)
        .ToListAsync(cancellationToken);

    /// <summary>Whether the signed-in person may read objections with the names of who objected: handlers, auditors.</summary>
    public bool MayList => person.Is(Roles.ObjectionHandler) || person.Is(Roles.Auditor);

    /// <summary>
    /// An objection in full, for those who may read it: handlers, auditors, and who has a task in the handling of the case's
    /// objections (the ruling leader). The applicant is none of them. Null otherwise.
    /// </summary>
    public async Task<(Objection Objection, PublicNotice Notice)?> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        var objection = await db.Objections.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (objection is null || !(MayList || await RulesAsync(objection.CaseId, cancellationToken))
            || await db.Cases.AnyAsync(row => row.Id == objection.CaseId && row.ApplicantId == person.Id, cancellationToken))
        {
            return null;
        }

        return (objection, await db.Notices.AsNoTracking().SingleAsync(row => row.Id == objection.NoticeId, cancellationToken));
    }

    private async Task<bool> RulesAsync(Guid caseId, CancellationToken cancellationToken) => person.Id is { } me && await (
            from task in db.Tasks
            join step in db.StepRuns on task.StepRunId equals step.Id
            join instance in db.Instances on step.InstanceId equals instance.Id
            where task.CaseId == caseId && instance.DefinitionId == HandleNextObjection.Process
                && (task.AssigneeId == me || task.DecidedById == me)
            select task.Id)
        .AnyAsync(cancellationToken);

    private async Task<IReadOnlyList<NoticeLine>> LinesAsync(IQueryable<PublicNotice> rows, CancellationToken cancellationToken)
    {
        var calendar = await calendars.LoadAsync(cancellationToken);
        var today = time.Today();
        var found = await rows.AsNoTracking()
            .Select(row => new { row.Id, row.Number, row.Title, row.PublishedOn, row.EndsOn, row.Status })
            .ToListAsync(cancellationToken);
        return found.ConvertAll(row => new NoticeLine(
            row.Id, row.Number, row.Title, row.PublishedOn, row.EndsOn, row.Status,
            NoticePeriod.DaysLeft(row.EndsOn, today, calendar)));
    }
}
