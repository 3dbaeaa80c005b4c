using Approvals.Core.Data;
using Approvals.Core.Tests.Databases;
using Approvals.Data.PostgreSql;
using Approvals.Data.Sqlite;
using Approvals.Data.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Data;

public sealed class MigrationTests
{
    [Theory, OnEachDatabase]
    public async Task AnEmptyDatabaseIsBroughtToTheModel(string provider)
    {
        await using var kernel = await TestKernel.StartEmptyAsync(provider);
        await kernel.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
        var head = await kernel.ReadAsync(db => db.AuditHeads.SingleAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, head.Sequence);
        Assert.Empty(await kernel.ReadAsync(db => db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task TheLockLeftByAKilledMigrationDoesNotStopTheNextOne()
    {
        await using var kernel = await TestKernel.StartEmptyAsync("Sqlite");
        await kernel.ReadAsync(async db =>
        {
            await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
            return await db.Database.ExecuteSqlRawAsync(
                """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01');
                """,
                TestContext.Current.CancellationToken);
        });
        await kernel.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await kernel.ReadAsync(db => db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData(SqliteDatabase.Name)]
    [InlineData(SqlServerDatabase.Name)]
    [InlineData(PostgreSqlDatabase.Name)]
    public void TheModelHasNoChangesWithoutAMigration(string provider)
    {
        using var db = Offline.Open(provider);
        Assert.False(db.Database.HasPendingModelChanges(), $"Add a migration for {provider}, see docs/architecture.md.");
    }
}
