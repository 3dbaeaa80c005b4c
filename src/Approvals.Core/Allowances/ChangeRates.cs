using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Missions;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Allowances;

/// <summary>What became of a change of the rates.</summary>
public abstract record ChangeRatesOutcome
{
    /// <summary>Stored as this version.</summary>
    public sealed record Changed(int Version) : ChangeRatesOutcome;

    /// <summary>Rows are wrong, or the reason is; nothing was stored.</summary>
    public sealed record Invalid(IReadOnlyList<RateProblem> Rows, string? Reason) : ChangeRatesOutcome;

    /// <summary>Somebody else has changed them since the page was opened.</summary>
    public sealed record Outdated : ChangeRatesOutcome;

    /// <summary>Only the process owner may.</summary>
    public sealed record NotAllowed : ChangeRatesOutcome;
}

/// <summary>修改工作补助标准 — a new version of the whole table, with a reason; claims that were computed keep the version they name.</summary>
public sealed class ChangeRates(
    ApprovalsDbContext db, UnitOfWork unitOfWork, EventChoices choices, CurrentPerson person, AuditTrail audit, TimeProvider time)
{
    /// <summary>Stores the rows as the next version.</summary>
    /// <param name="shownVersion">Version the page was opened with; 0 for none.</param>
    /// <param name="rows">The whole table.</param>
    /// <param name="reason">Document they rest on, at most 500 characters.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public async Task<ChangeRatesOutcome> ChangeAsync(
        int shownVersion, IReadOnlyList<RateRow> rows, string? reason, CancellationToken cancellationToken)
    {
        if (!person.Is(Roles.ProcessOwner))
        {
            return new ChangeRatesOutcome.NotAllowed();
        }

        var regions = (await choices.RegionsAsync(cancellationToken)).ToDictionary(one => one.Value, one => one.Name);
        var problems = RateTable.ProblemsOf(rows, regions);
        var why = reason?.Trim() ?? "";
        var wrong = why.Length is 0 or > 500 ? "请填写依据的文件或者修改理由（不超过 500 字）" : rows.Count == 0 ? "补助标准不能为空" : null;
        return problems.Count > 0 || wrong is not null
            ? new ChangeRatesOutcome.Invalid(problems, wrong)
            : await unitOfWork.RunAsync(scope => StoreAsync(scope, shownVersion, rows, why, cancellationToken), cancellationToken);
    }

    private async Task<ChangeRatesOutcome> StoreAsync(
        UnitOfWorkScope scope, int shownVersion, IReadOnlyList<RateRow> rows, string reason, CancellationToken cancellationToken)
    {
        var newest = await db.AllowanceRateTables.MaxAsync(row => (int?)row.Version, cancellationToken) ?? 0;
        if (newest != shownVersion)
        {
            scope.Abort();
            return new ChangeRatesOutcome.Outdated();
        }

        // Race closed by the unique version: of two changes of the same table at once, the second fails as a whole.
        var table = new AllowanceRateTable
        {
            Version = newest + 1, Reason = reason, SetById = person.RequiredId, SetByName = person.Name, SetAt = time.GetUtcNow(),
        };
        db.AllowanceRateTables.Add(table);
        db.AllowanceRates.AddRange(rows.Select(row => new AllowanceRate
        {
            TableId = table.Id, Level = row.Level, Region = row.Region, From = row.From, Until = row.Until, Daily = row.Daily,
        }));
        audit.Record("allowance.rates-changed", "allowance-rates", table.Id.ToString(), new { table.Version, rows = rows.Count, reason });
        return new ChangeRatesOutcome.Changed(table.Version);
    }
}
