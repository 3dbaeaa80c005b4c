using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Approvals.Benchmarks.Durable;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Benchmarks.Product;

/// <summary>
/// Approvals a second from HTTP to commit on each database: the product as a process of its own, four callers of its API. The
/// steps ask for no signature, because hashing the password again takes tens of milliseconds on purpose. Compared in turns with
/// bare transactions that write the same rows by plain ADO.NET, on SQLite with <c>synchronous = FULL</c>; and the product's
/// memory under this load beside an empty host's.
/// </summary>
internal static class HttpApprovalsBenchmark
{
    private const int Cases = 2010;
    private const int Turn = 30;
    private const int AtOnce = 4;
    private const string Key = "two-readers";

    private static readonly Range Young = 150..300;
    private static readonly Range Warm = 1410..Cases;

    /// <summary>A JSON line for each figure.</summary>
    public static async Task<string> RunAsync() => string.Join('\n', [.. await OnSqliteAsync(), .. await OnPostgresAsync()]);

    private static async Task<IEnumerable<string>> OnSqliteAsync()
    {
        var folder = await ProductHost.SeedAsync();
        return await RunAsync(folder, new ExistingDatabase(Path.Combine(folder, "approvals.db")), "memory.load");
    }

    private static async Task<IEnumerable<string>> OnPostgresAsync()
    {
        var original = BenchDatabase.OnPostgres();
        string[] settings =
            [$"Database:Provider={original.Provider}", $"ConnectionStrings:Approvals={original.ConnectionString}"];
        try
        {
            var folder = await ProductHost.SeedAsync(settings);
            return await RunAsync(folder, new KeptDatabase(original), "memory.load.postgresql", settings);
        }
        finally
        {
            await original.DropAsync();
        }
    }

    private static async Task<IEnumerable<string>> RunAsync(
        string folder, BenchDatabase database, string memory, params string[] settings)
    {
        var (bareDatabase, record) = await FillAsync(database);
        Share young = new(Young), warm = new(Warm);
        Load load = new(), emptyLoad = new();
        var replayed = 0;
        await using (var host = await ProductHost.StartAsync(folder, settings: settings))
        await using (var empty = await ProductHost.StartEmptyAsync(folder))
        {
            using var visitor = empty.Client();
            foreach (var signer in new[] { "wangqiang", "wuhaifeng" })
            {
                var person = await host.SignedInAsync(signer);
                var tasks = await TasksAsync(database, person, signer);
                for (var first = 0; first < Cases; first += Turn)
                {
                    var turn = tasks.Skip(first).Take(Turn);
                    var ours = await load.TurnAsync(host, turn, task => ApproveAsync(person, task.Id, task.Hash));
                    await emptyLoad.TurnAsync(empty, Enumerable.Range(0, Turn), _ => visitor.GetStringAsync("/"));

                    var begun = Spent.Now();
                    for (var i = 0; i < Turn; i++)
                        RecordedWrites.Replay(bareDatabase.Connect(), record.Transactions[replayed++]);
                    var bare = Spent.Now() - begun;
                    young.Add(first, ours, bare);
                    warm.Add(first, ours, bare);
                }
            }
        }

        await bareDatabase.DropAsync();
        Directory.Delete(folder, recursive: true);
        var name = $"approve.{database.Key}";
        var what = $"{AtOnce} callers, HTTP to commit, {await database.DurabilityAsync()}, CPU of the product's process alone, "
            + "without the password check, after";
        return
        [
            warm.Line(name, $"{what} 1,410 approvals of each signer"),
            young.Line($"{name}.young", $"{what} 150 approvals of each signer"),
            Figure.Line(
                memory, load.Memory, "MiB", emptyLoad.Memory,
                $"limit 400; resident, the most seen between turns of the load of {name}, {load}; "
                + "reference: an empty ASP.NET Core + EF Core host "
                + $"under as many requests, each a query, {emptyLoad}; {MachineLoad.Note}"),
        ];
    }

    /// <summary>Submitted cases, and what approving all of them writes, recorded on a copy.</summary>
    private static async Task<(BenchDatabase Bare, RecordedWrites Record)> FillAsync(BenchDatabase database)
    {
        var process = new TestProcess(Key) { Prefix = "RD" }
            .Add("start", "Elsa.Start", "开始")
            .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
            .Add("head", "Approvals.ApprovalStep", "处长审批", new { who = new[] { "head@owner" }, deadlineDays = 3, requiresSignature = false })
            .Add("leader", "Approvals.ApprovalStep", "局长审批", new { who = new[] { "leader@owner" }, requiresSignature = false })
            .Add("close", "Approvals.CloseCase", "办结", new { outcome = "同意申请" })
            .Add("refuse", "Approvals.CloseCase", "驳回", new { status = "Rejected", outcome = "不同意" })
            .Connect("start", "apply").Connect("apply", "head").Connect("head", "leader", "同意").Connect("leader", "close", "同意")
            .Connect("head", "refuse", "不同意").Connect("leader", "refuse", "不同意");
        await using var kernel = await BenchKernel.StartAsync(database, process);
        var people = await kernel.InScopeAsync(async scope =>
        {
            var db = scope.GetRequiredService<ApprovalsDbContext>();
            return await (from account in db.Users join person in db.People on account.PersonId equals person.Id select new { account.UserName, person })
                .ToDictionaryAsync(one => one.UserName!, one => one.person);
        });
        for (var i = 0; i < Cases; i++)
            await ApprovalsBenchmark.SubmitAsync(kernel, people["liuzhiqiang"], Key);
        var bare = await database.CopyAsync();
        var record = new RecordedWrites();
        await using var copy = await kernel.CopyAsync(record);
        foreach (var signer in new[] { people["wangqiang"], people["wuhaifeng"] })
        {
            var requests = await ApprovalsBenchmark.RequestsAsync(copy, signer, SignatureMethod.None);
            var before = record.Transactions.Count;
            foreach (var request in requests)
                await ApprovalsBenchmark.ApproveAsync(copy, signer, request);
            if (record.Transactions.Count - before != Cases)
                throw new InvalidOperationException($"{record.Transactions.Count - before} transactions for {Cases} approvals.");
        }

        return (bare, record);
    }

    private static async Task<List<(Guid Id, string Hash)>> TasksAsync(BenchDatabase database, HttpClient person, string userName)
    {
        var ids = new List<Guid>();
        await using (var connection = database.Connect())
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"""
                SELECT t."Id" FROM "Tasks" AS t JOIN "Accounts" AS a ON a."PersonId" = t."AssigneeId"
                WHERE a."UserName" = '{userName}' AND t."State" = 'Open' AND t."ProcessKey" = '{Key}' ORDER BY t."Id"
                """;
            await using var reader = await command.ExecuteReaderAsync();

            // SQLite keeps ids as bytes.
            while (await reader.ReadAsync())
                ids.Add(reader.GetValue(0) is byte[] bytes ? new Guid(bytes, bigEndian: true) : reader.GetGuid(0));
        }

        var tasks = new List<(Guid, string)>();
        foreach (var id in ids)
            tasks.Add((id, (await person.GetFromJsonAsync<JsonObject>($"/api/v1/tasks/{id}"))!["shownHash"]!.GetValue<string>()));
        return tasks.Count == Cases ? tasks : throw new InvalidOperationException($"{tasks.Count} tasks of {Cases} for {userName}.");
    }

    private static async Task ApproveAsync(HttpClient person, Guid task, string hash)
    {
        using var answer = await person.PostAsJsonAsync(
            $"/api/v1/tasks/{task}/decision", new { kind = "approve", shownHash = hash, opinion = "情况属实，同意。" });
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Requests to a process, what they cost it, and the most memory it was seen with between their turns.</summary>
    private sealed class Load
    {
        private Spent spent;
        private int requests;

        public double Memory { get; private set; }

        public async Task<Spent> TurnAsync<T>(ProductHost host, IEnumerable<T> turn, Func<T, Task> send)
        {
            var begun = Spent.Now(host.Cpu);
            await Parallel.ForEachAsync(
                turn, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, _) => await send(one));
            var cost = Spent.Now(host.Cpu) - begun;
            (spent, requests, Memory) = (spent + cost, requests + Turn, Math.Max(Memory, host.Memory));
            return cost;
        }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{requests:N0} requests, CPU {spent.Cpu.TotalMilliseconds / requests:0.00} ms each, ")
            + string.Create(CultureInfo.InvariantCulture, $"wall {spent.Wall.TotalMilliseconds / requests:0.00} ms");
    }
}
