using System.Reflection;
using System.Runtime.CompilerServices;
using Approvals.Core.Audit;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Core.Tests.SqlServer.Twin;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Approvals.Core.Tests.SqlServer;

/// <summary>What is written by hand: statements that differ on SQL Server, and rows that bypass EF.</summary>
public sealed class SqlServerStatementTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ANumberIsTakenByOneStatementThatHoldsItsSeries()
    {
        await using var db = SqlServerTwin.Open(out var server, ServerDouble.OneEach);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        Assert.Equal(1, await new Numbering(db).NextAsync("case:a:2026", Cancel));
        Assert.Contains("MERGE [NumberSeries] WITH (HOLDLOCK)", Assert.Single(server.Sent).Sql);
        SqlServerSchema.None(SqlServerSchema.ErrorsOf(server.Sent));
    }

    /// <summary>Late rows, packet lines and whatever else goes past the change tracker: any table may.</summary>
    [Fact]
    public async Task RowsOfEveryTableAreInsertedByHand()
    {
        await using var db = SqlServerTwin.Open(out var server);
        var insert = typeof(RowInsert).GetMethod(nameof(RowInsert.AllAsync))!;
        foreach (var entity in db.Model.GetEntityTypes())
        {
            var rows = Array.CreateInstance(entity.ClrType, 2);
            rows.SetValue(RuntimeHelpers.GetUninitializedObject(entity.ClrType), 0);
            rows.SetValue(RuntimeHelpers.GetUninitializedObject(entity.ClrType), 1);
            await (Task)insert.MakeGenericMethod(entity.ClrType).Invoke(null, [db, rows, Cancel])!;
        }

        SqlServerSchema.None(SqlServerSchema.ErrorsOf(server.Sent));
        Assert.DoesNotContain(server.Sent, one => one.Parameters.Contains("UniqueIdentifier", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(server.Sent, one => one.Parameters.Contains("Binary(16)", StringComparison.Ordinal));
    }

    /// <summary>Ids must reach these as they are stored, else no row is found.</summary>
    [Fact]
    public async Task StatementsOfEveryDecisionThatAreWrittenByHandCompile()
    {
        await using var db = SqlServerTwin.Open(out var server);
        await new InstanceRows().LockAsync(db, Guid.CreateVersion7(), Cancel);
        await new TimerRows().CancelForBookmarkAsync(db, Guid.CreateVersion7(), DateTimeOffset.UnixEpoch, Cancel);
        var insert = new RowInsert(db);
        insert.Add(AuditTrail.SetHead, AuditHash.Genesis);
        await insert.SendAsync(Cancel);
        var audit = new AuditTrail(db, new LateRows(db), new CurrentPerson(), TimeProvider.System);
        audit.Record("act", "kind", "id", new { });
        await Assert.ThrowsAsync<InvalidOperationException>(() => audit.AppendAsync(Cancel));

        SqlServerSchema.None(SqlServerSchema.ErrorsOf(server.Sent));
        Assert.Equal(4, server.Sent.Count);
        Assert.Contains("Binary(16)", server.Sent[0].Parameters);
        Assert.Contains("Binary(16)", server.Sent[1].Parameters);
        Assert.DoesNotContain(server.Sent, one => one.Parameters.Contains("UniqueIdentifier", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whoever writes another one by hand sends it above, too.</summary>
    [Fact]
    public void EveryStatementWrittenByHandIsTriedHere() => Assert.Equal(
        [
            "Approvals.Core.Audit.AuditTrail.AppendAsync", "Approvals.Core.Certificates.Numbering.TakeAsync",
            "Approvals.Core.Data.DatabaseMigrator.RemoveStaleLockAsync",

            // On PostgreSQL alone.
            "Approvals.Core.Data.MigrationTurn.TakeAsync", "Approvals.Core.Data.RowInsert.SendAsync",
            "Approvals.Core.Data.SnapshotRead.BeginAsync", "Approvals.Core.Data.SnapshotRead.DisposeAsync",
            "Approvals.Core.Data.StartTurn.DisposeAsync", "Approvals.Core.Data.StartTurn.TakeAsync",
            "Approvals.Core.Processes.InstanceRows.LockAsync", "Approvals.Core.Timers.TimerRows.CancelForBookmarkAsync",
        ],
        CallSites.Of(typeof(ApprovalsDbContext).Assembly).HandWritten);

    /// <summary>Whoever adds a line raises the number, too.</summary>
    [Fact]
    public void TheListOfWhatIsNotTakenDownDoesNotGrow()
    {
        var listed = NotTakenDown.Read();
        Assert.Equal(32, listed.Count);
        Assert.Empty(listed.Where(one => one.Value.Length == 0).Select(one => one.Key));
        var sites = new[] { typeof(ApprovalsDbContext), typeof(Program) }.SelectMany(one => CallSites.Of(one.Assembly).Methods);
        Assert.Empty(listed.Keys.Except(sites));
    }

    [Fact]
    public async Task TheTurnToPrepareTheDatabaseIsTakenAndARefusalIsAFault()
    {
        await using var db = SqlServerTwin.Open(out var server);
        await using (await StartTurn.TakeAsync(db, Cancel))
        {
        }

        Assert.Contains(server.Sent, one => one.Sql.Contains("IF @result < 0", StringComparison.Ordinal) && one.Sql.Contains("THROW", StringComparison.Ordinal));
        Assert.Contains(server.Sent, one => one.Sql.Contains("is_read_committed_snapshot_on", StringComparison.Ordinal));
        Assert.Contains(server.Sent, one => one.Sql.Contains("sp_releaseapplock", StringComparison.Ordinal));
        Assert.All(server.Sent, one => Parses(one.Sql));
    }

    /// <summary>What EF sends to make a database of our name, with the snapshots that readers rely on.</summary>
    [Fact]
    public void TheDatabaseItselfIsMadeWithSnapshots()
    {
        using var db = SqlServerTwin.Open(out _);
        var commands = db.GetService<IMigrationsSqlGenerator>().Generate([new SqlServerCreateDatabaseOperation { Name = "approvals" }]);
        Assert.Contains(commands, one => one.CommandText.Contains("READ_COMMITTED_SNAPSHOT ON", StringComparison.Ordinal));
        Assert.All(commands, one => Parses(one.CommandText));
    }

    private static void Parses(string sql)
    {
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        Assert.Empty(errors.Select(error => $"{error.Line}: {error.Message}\n{sql}"));
    }
}
