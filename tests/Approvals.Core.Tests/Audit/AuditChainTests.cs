using System.Data.Common;
using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Audit;

public sealed class AuditChainTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Two sign while a checkpoint falls due: whoever it falls to writes it, the other goes on.</summary>
    [Theory, OnEachDatabase]
    public async Task NobodyWaitsForACheckpointThatAnotherIsWriting(string provider)
    {
        using var clock = new HeldClock();
        await using var kernel = await TestKernel.StartAsync(provider, services =>
            services.AddSingleton(scope => ActivatorUtilities.CreateInstance<CheckpointWriter>(scope, clock)));
        var first = Task.Run(() => Record(kernel, 1, CheckpointWriter.Interval), Cancel);
        await clock.IsAsked.WaitAsync(TimeSpan.FromSeconds(60), Cancel);

        await Record(kernel, 2, 1).WaitAsync(TimeSpan.FromSeconds(60), Cancel);

        Assert.False(first.IsCompleted);
        clock.Dispose();
        await first;
        var written = await kernel.Services.GetRequiredService<CheckpointWriter>().ReadAsync(Cancel);
        Assert.Equal([CheckpointWriter.Interval], written.Select(one => one!.Sequence));
        Assert.Null((await VerifyAsync(kernel)).Break);
    }

    [Theory, OnEachDatabase]
    public async Task TransactionsAtOnceKeepTheChainLinear(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(index => Task.Run(() => Record(kernel, index, 1 + (index % 3)))));
        var sequences = await kernel.ReadAsync(db => db.AuditEntries.Select(row => row.Sequence).Order().ToListAsync(Cancel));
        Assert.Equal(Enumerable.Range(1, 79).Select(number => (long)number), sequences);
        Assert.Null((await VerifyAsync(kernel)).Break);
    }

    [Theory, OnEachDatabase]
    public async Task AnAbortedUnitOfWorkLeavesNoEntry(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await kernel.CommitAsync((scope, unit) =>
        {
            scope.GetRequiredService<AuditTrail>().Record("test", "case", "1", new { });
            unit.Abort();
            return Task.FromResult(0);
        });
        Assert.Equal(0, (await VerifyAsync(kernel)).Entries);
    }

    [Theory, OnEachDatabase]
    public async Task AChangedEntryIsFound(string provider) =>
        await BrokenByAsync(
            provider, AuditBreakKind.Changed, 4, "UPDATE \"AuditEntries\" SET \"Action\" = 'forged' WHERE \"Sequence\" = 4");

    [Theory, OnEachDatabase]
    public async Task ARemovedEntryIsFound(string provider) =>
        await BrokenByAsync(provider, AuditBreakKind.Removed, 4, "DELETE FROM \"AuditEntries\" WHERE \"Sequence\" = 4");

    [Theory, OnEachDatabase]
    public async Task ARemovedEntryIsFoundWhenTheOthersMoveUp(string provider) =>
        await BrokenByAsync(
            provider, AuditBreakKind.Removed, 4,
            "DELETE FROM \"AuditEntries\" WHERE \"Sequence\" = 4",
            "UPDATE \"AuditEntries\" SET \"Sequence\" = 4 WHERE \"Sequence\" = 5");

    [Theory, OnEachDatabase]
    public async Task ReorderedEntriesAreFound(string provider) =>
        await BrokenByAsync(
            provider, AuditBreakKind.Reordered, 4,
            "UPDATE \"AuditEntries\" SET \"Sequence\" = 1004 WHERE \"Sequence\" = 4",
            "UPDATE \"AuditEntries\" SET \"Sequence\" = 4 WHERE \"Sequence\" = 5",
            "UPDATE \"AuditEntries\" SET \"Sequence\" = 5 WHERE \"Sequence\" = 1004");

    [Theory, OnEachDatabase]
    public async Task ACutOffTailIsFoundByTheHead(string provider) =>
        await BrokenByAsync(provider, AuditBreakKind.Removed, 8, "DELETE FROM \"AuditEntries\" WHERE \"Sequence\" >= 8");

    [Theory, OnEachDatabase]
    public async Task ARebuiltTailIsFoundByTheSignedCheckpoint(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await Record(kernel, 1, 5);
        await CheckpointAsync(kernel);
        await Record(kernel, 2, 5);
        await CheckpointAsync(kernel);

        // The attacker knows the algorithm: cuts the chain after 7 and appends entries that fit.
        await TamperAsync(kernel, provider,
            "DELETE FROM \"AuditEntries\" WHERE \"Sequence\" > 7",
            "UPDATE \"AuditHeads\" SET \"Sequence\" = 7, \"Hash\" = (SELECT \"Hash\" FROM \"AuditEntries\" WHERE \"Sequence\" = 7)");
        await Record(kernel, 3, 3);
        var broken = (await VerifyAsync(kernel)).Break;
        Assert.Equal((AuditBreakKind.Rebuilt, 6), (broken!.Kind, broken.Sequence));
    }

    [Theory, OnEachDatabase]
    public async Task AForgedCheckpointIsFound(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await Record(kernel, 1, 5);
        await CheckpointAsync(kernel);
        var file = kernel.Services.GetRequiredService<CheckpointWriter>().FilePath;
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Cancel)).Replace("\"sequence\":5", "\"sequence\":4"), Cancel);
        Assert.Equal(AuditBreakKind.CheckpointForged, (await VerifyAsync(kernel)).Break!.Kind);
    }

    [Theory, OnEachDatabase]
    public async Task ACheckpointThatAKilledProcessBeganIsNoForgeryAndTheNextOneStandsAlone(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await Record(kernel, 1, 5);
        await CheckpointAsync(kernel);
        var file = kernel.Services.GetRequiredService<CheckpointWriter>().FilePath;
        await File.AppendAllTextAsync(file, "{\"sequence\":5,\"ha", Cancel);
        Assert.True((await VerifyAsync(kernel)).IsIntact);

        await Record(kernel, 2, 5);
        await CheckpointAsync(kernel);
        Assert.Equal((10, 2, true), await VerifyAsync(kernel) is var result ? (result.Entries, result.Checkpoints, result.IsIntact) : default);
    }

    /// <summary>Also by another process, which has written none itself.</summary>
    [Theory, OnEachDatabase]
    public async Task WhenNothingIsNewNoFurtherCheckpointIsWritten(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        Assert.Equal(new CheckpointOutcome(0, false), await CheckpointAsync(kernel));
        await Record(kernel, 1, 5);
        var atOnce = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => CheckpointAsync(kernel), Cancel)));
        Assert.Single(atOnce, one => one.IsWritten);
        await kernel.RestartAsync();
        kernel.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(new CheckpointOutcome(5, false), await CheckpointAsync(kernel));
        Assert.Equal(1, (await VerifyAsync(kernel)).Checkpoints);
        await Record(kernel, 2, 1);
        Assert.Equal(new CheckpointOutcome(6, true), await CheckpointAsync(kernel));
        Assert.Equal((2, true), await VerifyAsync(kernel) is var all ? (all.Checkpoints, all.IsIntact) : default);
    }

    [Theory, OnEachDatabase]
    public async Task ACheckpointIsWrittenByItselfAfterAHundredEntries(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await Record(kernel, 1, 60);
        await Record(kernel, 2, 60);
        var result = await VerifyAsync(kernel);
        Assert.Equal((120, 1, true), (result.Entries, result.Checkpoints, result.IsIntact));
    }

    [Theory, OnEachDatabase]
    public async Task TheDatabaseItselfRefusesToChangeAnEntry(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await Record(kernel, 1, 1);
        foreach (var sql in new[] { "UPDATE \"AuditEntries\" SET \"Action\" = 'x'", "DELETE FROM \"AuditEntries\"" })
        {
            var fault = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(
                () => kernel.ReadAsync(db => db.Database.ExecuteSqlRawAsync(sql, Cancel)));
            Assert.Contains("append-only", fault.Message);
        }
    }

    [Theory, OnEachDatabase]
    public async Task TheContextRefusesToChangeAnEntry(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await Record(kernel, 1, 1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => kernel.CommitAsync(async (_, unit) =>
        {
            unit.Db.AuditEntries.Remove(await unit.Db.AuditEntries.SingleAsync(Cancel));
            return 0;
        }));
    }

    [Fact]
    public async Task TheSigningKeyIsReadableByItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            // Windows has no file modes; there the folder's access list protects the key.
            return;
        }

        await using var kernel = await TestKernel.StartAsync("Sqlite");
        await Record(kernel, 1, 1);
        await CheckpointAsync(kernel);
        var mode = File.GetUnixFileMode(kernel.Services.GetRequiredService<CheckpointKey>().FilePath);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
    }

    /// <summary>The chain and its head are read in one state of the database, whatever is recorded between the two.</summary>
    [Theory, OnEachDatabase]
    public async Task WhatIsRecordedWhileTheChainIsReadIsNoTampering(string provider)
    {
        var between = new Between();
        await using var kernel = await TestKernel.StartAsync(provider, services =>
            services.ConfigureDbContext<ApprovalsDbContext>(options => options.AddInterceptors(between)));
        await Record(kernel, 1, 1);
        between.Does = table => table == "AuditHeads" ? Record(kernel, 2, 1) : Record(kernel, 3, CheckpointWriter.Interval);

        Assert.Null((await VerifyAsync(kernel)).Break);

        Assert.Empty(between.Tables);
        Assert.Equal((2 + CheckpointWriter.Interval, 1, true), await VerifyAsync(kernel) is var all ? (all.Entries, all.Checkpoints, all.IsIntact) : default);
    }

    private static async Task BrokenByAsync(string provider, AuditBreakKind kind, long sequence, params string[] tampering)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await Record(kernel, 1, 10);
        Assert.True((await VerifyAsync(kernel)).IsIntact);
        await TamperAsync(kernel, provider, tampering);
        var broken = (await VerifyAsync(kernel)).Break;
        Assert.Equal((kind, sequence), (broken!.Kind, broken.Sequence));
    }

    private static Task Record(TestKernel kernel, int index, int lines) => kernel.CommitAsync((scope, _) =>
    {
        for (var line = 0; line < lines; line++)
        {
            scope.GetRequiredService<AuditTrail>().Record(
                "test.recorded", "case", $"{index}-{line}", new { zeta = 1, alpha = "甲", at = kernel.Time.GetUtcNow() });
        }
    });

    private static Task<AuditVerification> VerifyAsync(TestKernel kernel) =>
        kernel.InScopeAsync(scope => scope.GetRequiredService<AuditVerifier>().VerifyAsync(Cancel));

    private static Task<CheckpointOutcome> CheckpointAsync(TestKernel kernel) =>
        kernel.InScopeAsync(scope => scope.GetRequiredService<CheckpointJob>().RunAsync(Cancel));

    /// <summary>As somebody would who owns the schema: takes the guard away first.</summary>
    private static Task TamperAsync(TestKernel kernel, string provider, params string[] tampering) => kernel.ReadAsync(async db =>
    {
        string[] guards = provider switch
        {
            "Sqlite" => ["DROP TRIGGER \"AuditEntries_no_UPDATE\"", "DROP TRIGGER \"AuditEntries_no_DELETE\""],
            "SqlServer" => ["ALTER TABLE [AuditEntries] DISABLE TRIGGER [AuditEntries_append_only]"],
            _ => ["ALTER TABLE \"AuditEntries\" DISABLE TRIGGER append_only"],
        };
        foreach (var sql in guards.Concat(tampering))
        {
            await db.Database.ExecuteSqlRawAsync(sql, Cancel);
        }

        return true;
    });

    /// <summary>Does something before the head and before the chain is read, once each.</summary>
    private sealed class Between : DbCommandInterceptor
    {
        public Func<string, Task>? Does { get; set; }

        public List<string> Tables { get; } = ["AuditHeads", "AuditEntries"];

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (Does is { } does && command.CommandText.StartsWith("SELECT", StringComparison.Ordinal)
                && Tables.Find(one => command.CommandText.Contains($"FROM \"{one}\"", StringComparison.Ordinal)) is { } table)
            {
                Tables.Remove(table);
                Does = null;
                await does(table);
                Does = does;
            }

            return result;
        }
    }

    /// <summary>Whoever writes a checkpoint asks it for the time, and gets it when the test lets go.</summary>
    private sealed class HeldClock : TimeProvider, IDisposable
    {
        private readonly ManualResetEventSlim may = new();
        private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsAsked => asked.Task;

        public override DateTimeOffset GetUtcNow()
        {
            asked.TrySetResult();
            may.Wait(Cancel);
            return new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
        }

        public void Dispose() => may.Set();
    }
}
