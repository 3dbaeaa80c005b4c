using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace Approvals.Core.Data;

/// <summary>
/// PostgreSQL: the tables of a running installation, for the moment in which its database is brought to a new model while servers of the
/// release before still answer. Race closed: a migration that has changed one table and waits for the next, against a decision that
/// holds the next and reads the first. PostgreSQL looks for such a circle when somebody has waited for a second (<c>deadlock_timeout</c>)
/// and then fails either of the two, as a rule the person. So all tables are locked in one statement before anything is changed, and the
/// statement gives up before anybody has waited for a second.
/// </summary>
internal static class MigrationTurn
{
    /// <summary>Shorter than <c>deadlock_timeout</c>.</summary>
    private const string BePatient = "SET LOCAL statement_timeout = '800ms'";

    private const string LockAll = """
        DO $$ BEGIN
            EXECUTE (
                SELECT 'LOCK TABLE ' || string_agg(format('%I.%I', schemaname, tablename), ', ' ORDER BY tablename) || ' IN ACCESS EXCLUSIVE MODE'
                FROM pg_tables WHERE schemaname = current_schema());
        END $$
        """;

    private static readonly string[] NotYet = ["57014", "55P03", "40P01"];

    /// <summary>Waits until it holds every table alone; others wait meanwhile, and go on when the transaction ends.</summary>
    /// <returns>The transaction to migrate in; null for a provider or a database that needs none.</returns>
    public static async Task<IDbContextTransaction?> TakeAsync(ApprovalsDbContext db, ILogger log, CancellationToken cancellationToken)
    {
        if (db.Database.ProviderName?.EndsWith(".PostgreSQL", StringComparison.Ordinal) != true)
            return null;

        // A first start: nobody is at work.
        if (!(await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Any())
            return null;
        using var next = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            try
            {
                await db.Database.ExecuteSqlRawAsync(BePatient, cancellationToken);
                await db.Database.ExecuteSqlRawAsync(LockAll, cancellationToken);
                await db.Database.ExecuteSqlRawAsync("SET LOCAL statement_timeout TO DEFAULT", cancellationToken);
                return transaction;
            }
            catch (DbException busy) when (NotYet.Contains(busy.SqlState) && !cancellationToken.IsCancellationRequested)
            {
                log.LogInformation("Tables are in use ({SqlState}); the migration waits for its turn", busy.SqlState);
                await transaction.DisposeAsync();
                await next.WaitForNextTickAsync(cancellationToken);
            }
        }
    }
}
