using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Certificates;

/// <summary>Gives gapless numbers (编号). Scoped.</summary>
public sealed class Numbering(ApprovalsDbContext db)
{
    private const string UpsertReturning =
        """
        INSERT INTO "NumberSeries" ("Key", "Last") VALUES ({0}, {1})
        ON CONFLICT ("Key") DO UPDATE SET "Last" = "NumberSeries"."Last" + {1}
        RETURNING "Last" AS "Value"
        """;

    // HOLDLOCK: without it two first numbers of a new series race between the match and the insert.
    private const string Merge =
        """
        MERGE [NumberSeries] WITH (HOLDLOCK) AS [target]
        USING (SELECT {0} AS [Key]) AS [source] ON [target].[Key] = [source].[Key]
        WHEN MATCHED THEN UPDATE SET [Last] = [target].[Last] + {1}
        WHEN NOT MATCHED THEN INSERT ([Key], [Last]) VALUES ([source].[Key], {1})
        OUTPUT inserted.[Last] AS [Value];
        """;

    /// <summary>
    /// Takes the next number of a series, 1 for a new one. One statement takes the number and locks the series until the transaction
    /// ends: a roll-back gives the number back, and nobody else can take one meanwhile, so there are no gaps and no doubles.
    /// </summary>
    /// <param name="seriesKey">E.g. <c>case:commander-appointment:2026</c>, at most 200 characters.</param>
    /// <exception cref="InvalidOperationException">Called outside a <see cref="UnitOfWork"/>.</exception>
    public Task<int> NextAsync(string seriesKey, CancellationToken cancellationToken) => TakeAsync(seriesKey, 1, cancellationToken);

    /// <summary>Takes so many numbers at once, as <see cref="NextAsync"/> does one.</summary>
    /// <param name="seriesKey">As for <see cref="NextAsync"/>.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The last of them.</returns>
    /// <exception cref="InvalidOperationException">Called outside a <see cref="UnitOfWork"/>.</exception>
    public async Task<int> TakeAsync(string seriesKey, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("A gapless number can only be taken inside a unit of work.");
        }

        var isSqlServer = db.Database.ProviderName?.EndsWith(".SqlServer", StringComparison.Ordinal) == true;
        var numbers = await db.Database.SqlQueryRaw<int>(isSqlServer ? Merge : UpsertReturning, seriesKey, count)
            .ToListAsync(cancellationToken);
        return numbers[0];
    }
}
