using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Regulations;

/// <summary>The regulation parameters (法规参数), read once per scope: a few dozen rows in all.</summary>
public sealed class RegulationParameters(ApprovalsDbContext db)
{
    private ParameterTable? table;

    /// <summary>All of them.</summary>
    public async Task<ParameterTable> TableAsync(CancellationToken cancellationToken = default) =>
        table ??= new ParameterTable(await db.Parameters.AsNoTracking().ToListAsync(cancellationToken));

    /// <summary>The value in force on a day.</summary>
    /// <param name="key">One of <see cref="ParameterKeys"/>.</param>
    /// <param name="on">The day, in China.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KeyNotFoundException">No row of the parameter is in force on that day.</exception>
    public async Task<ParameterValue> ValueAsync(string key, DateOnly on, CancellationToken cancellationToken = default) =>
        (await TableAsync(cancellationToken)).InForce(key, on);

    /// <summary>Forgets what was read, after a change in the same scope.</summary>
    internal void Reset() => table = null;
}
