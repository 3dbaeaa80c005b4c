using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Approvals.Benchmarks.Durable;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Notifications;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Files;
using Approvals.Core.Payouts.Packets;
using Approvals.Core.Tests.Payouts;
using Approvals.Web.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Benchmarks.Payouts;

/// <summary>
/// A packet of 5,000 payees: building it in one transaction beside the same rows written by plain ADO.NET on a copy of the database,
/// and making its files (workbook, bank file, PDF, archive) with time, memory and size.
/// </summary>
internal static class PacketBenchmark
{
    private const int Payees = 5000;

    /// <summary>A JSON line for each figure.</summary>
    public static async Task<string> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("approvals-bench-").FullName;
        var record = new RecordedWrites();
        await using (var services = Services(folder, record))
        {
            await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(default);
            await SeedAsync(services);
            var copy = Path.Combine(folder, "copy.db");
            await InScopeAsync(services, scope => scope.GetRequiredService<ApprovalsDbContext>().Database.ExecuteSqlRawAsync("VACUUM INTO {0}", copy));
            record.Transactions.Clear();
            var (built, packet) = await MeasuredAsync(() => InScopeAsync(services, async scope => (BuildOutcome.Built)await scope
                .GetRequiredService<BuildPacket>().BuildAsync(new PacketRange("commander-allowance", "2026", "2026-12"), null, default)));
            var writes = record.Transactions.SelectMany(one => one).ToList();
            var (plain, _) = await MeasuredAsync(() =>
            {
                RecordedWrites.Replay(copy, writes);
                return Task.FromResult(true);
            });
            var (rendered, done) = await MeasuredAsync(() => services.GetRequiredService<OutboxWorker>().RunDueAsync(default));
            var files = await InScopeAsync(services, scope => scope.GetRequiredService<ApprovalsDbContext>().PacketFiles.AsNoTracking()
                .Where(row => row.PacketId == packet.Packet.Id).ToDictionaryAsync(row => row.Kind.ToString(), row => row.Size / 1024));
            var database = Path.Combine(folder, "approvals.db");
            var (bare, size) = await MeasuredAsync(() => Task.FromResult(BareFile(database, packet.Packet.Id)));
            var result = string.Join(
                '\n',
                Figure.Line(
                    "packet.5000.build", built.CpuMs / 1000, "s CPU", plain.CpuMs / 1000,
                    $"{packet.Packet.LineCount} lines; {built}; reference: the same {writes.Count} statements by plain ADO.NET, {plain}; {MachineLoad.Note}"),
                Figure.Line(
                    "packet.5000.files", rendered.CpuMs / 1000, "s CPU", bare.CpuMs / 1000,
                    $"{rendered}; {done} messages; KiB: {string.Join(", ", files.Select(one => $"{one.Key} {one.Value}"))}; "
                    + $"reference: the same lines read by plain ADO.NET and packed as one file of values, "
                    + $"{size / 1024} KiB, {bare}; {MachineLoad.Note}"));
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
            return result;
        }
    }

    /// <summary>The least that hands over the lines: all columns of each as text, in one packed file.</summary>
    /// <returns>Its size.</returns>
    private static long BareFile(string database, Guid packet)
    {
        using var connection = new SqliteConnection($"Data Source={database}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT * FROM "PacketLines" WHERE "PacketId" = $packet ORDER BY "Sequence" """;
        command.Parameters.AddWithValue("$packet", packet.ToByteArray(bigEndian: true));
        using var file = new MemoryStream();
        var lines = 0;
        using (var writer = new StreamWriter(new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true)))
        using (var reader = command.ExecuteReader())
        {
            for (; reader.Read(); lines++)
            {
                var values = Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : reader.GetString(i));
                writer.WriteLine(string.Join(',', values));
            }
        }

        return lines == Payees ? file.Length : throw new InvalidOperationException($"{lines} lines for {Payees} payees.");
    }

    private static ServiceProvider Services(string folder, RecordedWrites record)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Data:Folder"] = folder }).Build();
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<IConfiguration>(configuration);
        services.AddApprovalsData(configuration);
        services.AddPayouts();
        services.AddScoped<ISignerCheck, Confirmed>();
        services.ConfigureDbContext<ApprovalsDbContext>(options => options.AddInterceptors(record));
        return services.BuildServiceProvider();
    }

    /// <summary>5,000 people with a confirmed account and two entitlements each.</summary>
    private static Task SeedAsync(ServiceProvider services) => InScopeAsync(services, async scope =>
    {
        var db = scope.GetRequiredService<ApprovalsDbContext>();
        var vault = scope.GetRequiredService<AccountVault>();
        var outcome = await scope.GetRequiredService<UnitOfWork>().RunAsync(
            async _ =>
            {
                var row = new Case
                {
                    Number = "BZ-2026-0001", ProcessKey = "allowance", ProcessName = "工作补助", DefinitionVersionId = "none", SubjectName = "补助",
                    StarterId = Guid.CreateVersion7(), ApplicantId = Guid.CreateVersion7(), Data = "{}",
                };
                db.Cases.Add(row);
                return await scope.GetRequiredService<GrantEntitlements>().GrantAsync(
                    new GrantRequest(row.Id, new GrantApproval(row.StarterId, Guid.CreateVersion7(), null),
                        [.. Enumerable.Range(0, 2 * Payees).Select(Grant)]), default);
            },
            default);
        if (outcome is GrantOutcome.Refused refused)
            throw new InvalidOperationException(refused.Text);
        await scope.GetRequiredService<UnitOfWork>().RunAsync(
            async _ =>
            {
                var number = 0;
                foreach (var payee in await db.Payees.AsNoTracking().ToListAsync())
                    db.PayeeAccounts.Add(Account(vault, payee, Identities.Card(number++)));
            },
            default);
        db.ChangeTracker.Clear();
        return true;
    });

    private static EntitlementGrant Grant(int number) => new()
    {
        Key = $"grant:{number}",
        Kind = EntitlementKind.Allowance,
        Programme = "commander-allowance",
        ProgrammeName = "技术指挥官现场工作补助",
        Period = "2026-11",
        Payee = Identities.Person(number % Payees),
        Amount = 200m + number % 7 * 100m,
        Working = [new WorkingLine("市内现场", 2m + number % 7, "天", 100m, 200m + number % 7 * 100m, "办法第二十条")],
    };

    private static PayeeAccount Account(AccountVault vault, Payee payee, string card)
    {
        var id = Guid.CreateVersion7();
        var (now, text) = (TimeProvider.System.GetUtcNow(), vault.Seal(id, card));
        return new PayeeAccount
        {
            Id = id, PayeeId = payee.Id, Holder = payee.Name, SealedNumber = text, Fingerprint = vault.Fingerprint(text, card),
            LastFour = card[^4..], BankName = "江州银行营业部", ValidFrom = now, EnteredById = payee.Id, ConfirmedById = payee.Id, ConfirmedAt = now,
        };
    }

    private static async Task<(Measured Figures, T Result)> MeasuredAsync<T>(Func<Task<T>> work)
    {
        GC.Collect();
        var (bytes, cpu, peak) = (GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime, 0L);
        using var stop = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (!stop.IsCancellationRequested && await timer.WaitForNextTickAsync())
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
        });
        var clock = Stopwatch.StartNew();
        var result = await work();
        clock.Stop();
        await stop.CancelAsync();
        await watch;
        return (new Measured(
            clock.Elapsed.TotalMilliseconds,
            (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds,
            (GC.GetTotalAllocatedBytes(precise: true) - bytes) / 1048576.0,
            peak / 1048576.0), result);
    }

    private sealed record Measured(double WallMs, double CpuMs, double AllocatedMib, double HeapMib)
    {
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"wall {WallMs / 1000:0.0} s, {AllocatedMib:0} MiB allocated, heap at most {HeapMib:0} MiB");
    }

    private static async Task<T> InScopeAsync<T>(ServiceProvider services, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    private sealed class Confirmed : ISignerCheck
    {
        public Task<SignerCheckOutcome> VerifyAsync(Guid personId, string? secret, CancellationToken cancellationToken) =>
            Task.FromResult(SignerCheckOutcome.Confirmed);
    }
}
