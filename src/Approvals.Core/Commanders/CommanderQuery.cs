using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Insurance;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Commanders;

/// <summary>What a list of commanders is narrowed to.</summary>
/// <param name="Term">Part of a name or unit.</param>
/// <param name="Specialty">Dictionary code.</param>
/// <param name="Status">Where they stand.</param>
public sealed record CommanderFilter(string? Term, string? Specialty, CommanderStatus? Status);

/// <summary>A commander with what belongs to them.</summary>
public sealed record CommanderDetails(
    Commander Commander, string CaseNumber, IReadOnlyList<Certificate> Certificates, IReadOnlyList<InsurancePolicy> Policies);

/// <summary>Reads the information base (信息库) for those who may: register keepers, insurance officers, auditors, leaders in charge.</summary>
public sealed class CommanderQuery(ApprovalsDbContext db, InsuredPeople insured, CurrentPerson person)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 20;

    /// <summary>Whether the signed-in person may read the information base.</summary>
    public async Task<bool> MayReadAsync(CancellationToken cancellationToken) =>
        person.Is(Roles.RegisterKeeper) || person.Is(Roles.InsuranceOfficer) || person.Is(Roles.Auditor)
        || (person.Id is { } me && await db.OrgUnits.AnyAsync(unit => unit.LeaderInChargeId == me, cancellationToken));

    /// <summary>A page of commanders, latest term first.</summary>
    /// <param name="filter">What to show.</param>
    /// <param name="after">Id of the last row of the page before; null for the first page.</param>
    /// <param name="take">How many rows at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<Commander>> PageAsync(
        CommanderFilter filter, Guid? after, int take, CancellationToken cancellationToken)
    {
        var rows = Filtered(filter);
        var last = after is { } id
            ? await db.Commanders.AsNoTracking().Where(row => row.Id == id).Select(row => new { row.TermStart, row.Id })
                .FirstOrDefaultAsync(cancellationToken)
            : null;
        if (last is not null)
        {
            rows = rows.Where(row =>
                row.TermStart < last.TermStart || (row.TermStart == last.TermStart && row.Id.CompareTo(last.Id) < 0));
        }

        return await rows.OrderByDescending(row => row.TermStart).ThenByDescending(row => row.Id).Take(take)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Those of them whose certificate of appointment is void.</summary>
    public async Task<IReadOnlySet<Guid>> VoidAsync(IReadOnlyList<Commander> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(row => row.Id).ToList();
        return (await db.Commanders.AsNoTracking().Where(row => ids.Contains(row.Id)).WithVoidCertificate(db).Select(row => row.Id)
            .ToListAsync(cancellationToken)).ToHashSet();
    }

    /// <summary>How many there are.</summary>
    public Task<int> CountAsync(CommanderFilter filter, CancellationToken cancellationToken) =>
        Filtered(filter).CountAsync(cancellationToken);

    /// <summary>The specialties that occur, as code and name.</summary>
    public async Task<IReadOnlyList<(string Code, string Name)>> SpecialtiesAsync(CancellationToken cancellationToken) =>
        (await db.Commanders.AsNoTracking().Select(row => new { row.Specialty, row.SpecialtyName }).Distinct()
            .ToListAsync(cancellationToken))
        .GroupBy(row => row.Specialty).Select(group => (group.Key, group.First().SpecialtyName))
        .OrderBy(one => one.Key, StringComparer.Ordinal).ToList();

    /// <summary>A commander with certificates and policies; null when there is none.</summary>
    public async Task<CommanderDetails?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var commander = await db.Commanders.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (commander is null)
        {
            return null;
        }

        // A policy covers the person, whichever entry it was bought for.
        var entries = (await insured.OfAsync([id], cancellationToken)).Keys.ToList();
        return new CommanderDetails(
            commander,
            await db.Cases.Where(row => row.Id == commander.CaseId).Select(row => row.Number).FirstOrDefaultAsync(cancellationToken) ?? "",
            await db.Certificates.AsNoTracking().Where(row => row.CaseId == commander.CaseId).OrderBy(row => row.Id)
                .ToListAsync(cancellationToken),
            await db.InsurancePolicies.AsNoTracking().Where(row => entries.Contains(row.CommanderId))
                .OrderByDescending(row => row.ValidUntil).ToListAsync(cancellationToken));
    }

    private IQueryable<Commander> Filtered(CommanderFilter filter)
    {
        var rows = db.Commanders.AsNoTracking();
        if (filter.Term is { Length: > 0 } term)
        {
            rows = rows.Where(row => row.Name.Contains(term) || row.UnitName.Contains(term));
        }

        if (filter.Specialty is { Length: > 0 } specialty)
        {
            rows = rows.Where(row => row.Specialty == specialty);
        }

        return filter.Status is { } status ? rows.Where(row => row.Status == status) : rows;
    }
}
