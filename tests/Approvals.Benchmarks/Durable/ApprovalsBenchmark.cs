using System.Diagnostics;
using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Benchmarks.Durable;

/// <summary>
/// Durable approvals a second in process, by the real use case with its signature, audit chain, history, messages and the
/// next step: every case is approved by the section's head and then by the leader. Compared in the same run, in turns, with
/// transactions that write the same rows by plain ADO.NET on a copy of the database and do nothing else. Two figures, each beside
/// its reference in the same turns: soon after a start, while the runtime still compiles, and after some thousand
/// approvals, as a server works for the rest of its life.
/// </summary>
internal static class ApprovalsBenchmark
{
    private const int Cases = 2000;
    private const int Turn = 20;

    private static readonly Range Young = 200..400;
    private static readonly Range Warm = 1400..Cases;

    /// <summary>People who approve at the same time.</summary>
    private const int AtOnce = 4;

    internal static readonly Person Applicant = new() { Name = "申请人甲" };
    internal static readonly Person Head = new() { Name = "处长丙" };
    internal static readonly Person Leader = new() { Name = "局长丁" };

    /// <summary>Measures and returns one line of JSON for each figure.</summary>
    public static async Task<string> RunAsync()
    {
        var lines = new List<string>();
        foreach (var database in BenchDatabase.All)
            lines.Add(await RunAsync(database()));
        return string.Join('\n', lines);
    }

    private static async Task<string> RunAsync(BenchDatabase database)
    {
        await using var kernel = await BenchKernel.StartAsync(database, Processes.TwoSigners());
        await SeedAsync(kernel);
        for (var i = 0; i < Cases; i++)
            await SubmitAsync(kernel, Applicant, "two-signers");
        var record = new RecordedWrites();
        var bareDatabase = await kernel.Database.CopyAsync();
        var recorded = default(Counted);
        await using (var copy = await kernel.CopyAsync(record))
        {
            foreach (var signer in new[] { Head, Leader })
            {
                var requests = await RequestsAsync(copy, signer);
                var before = Counted.Of(record);
                foreach (var request in requests)
                    await ApproveAsync(copy, signer, request);
                recorded += Counted.Of(record) - before;
            }
        }

        Share young = new(Young), warm = new(Warm);
        var replayed = 0;
        foreach (var signer in new[] { Head, Leader })
        {
            var requests = await RequestsAsync(kernel, signer);
            for (var first = 0; first < Cases; first += Turn)
            {
                var begun = Spent.Now();
                await Parallel.ForEachAsync(
                    requests.Skip(first).Take(Turn),
                    new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                    async (request, _) => await ApproveAsync(kernel, signer, request));
                var between = Spent.Now();
                for (var i = 0; i < Turn; i++)
                    RecordedWrites.Replay(bareDatabase.Connect(), record.Transactions[replayed++]);
                var (ours, bare) = (between - begun, Spent.Now() - between);
                young.Add(first, ours, bare);
                warm.Add(first, ours, bare);
            }
        }

        await bareDatabase.DropAsync();
        await CheckAsync(kernel);
        var what = $"{AtOnce} callers, use case to commit, {await database.DurabilityAsync()}, after";
        return string.Join(
            '\n',
            [
                warm.Line($"approve.usecase.{database.Key}", $"{what} 1,400 approvals of each signer"),
                young.Line($"approve.usecase.{database.Key}.young", $"{what} 200 approvals of each signer"),
                .. recorded.Lines($"approve.commands.{database.Key}", 2 * Cases, record.Transactions),
            ]);
    }

    /// <summary>A section with its head and leader, and an applicant.</summary>
    internal static Task SeedAsync(BenchKernel kernel) => kernel.CommitAsync((_, unit) =>
    {
        var db = unit.Db;
        foreach (var signer in new[] { Head, Leader })
        {
            var picture = new StoredFile { Sha256 = new string('0', 64), ContentType = "image/png" };
            signer.SignatureFileId = picture.Id;
            db.Files.Add(picture);
        }

        db.People.AddRange(Applicant, Head, Leader);
        var section = new OrgUnit { Code = "rescue", Name = "救援协调处", Kind = OrgUnitKind.Section, LeaderInChargeId = Leader.Id };
        var unitOfApplicant = new OrgUnit { Code = "employer", Name = "江州化工", Kind = OrgUnitKind.Employer };
        db.OrgUnits.AddRange(section, unitOfApplicant);
        foreach (var (person, place, kind) in new[]
        {
            (Head, section, PositionKind.Head), (Leader, section, PositionKind.Leader),
            (Applicant, unitOfApplicant, PositionKind.Member),
        })
        {
            db.Positions.Add(new Position
            {
                PersonId = person.Id, OrgUnitId = place.Id, Kind = kind, Title = kind.ToString(), From = new DateOnly(2020, 1, 1),
            });
        }

        return Task.FromResult(true);
    });

    /// <summary>Submits an application.</summary>
    internal static Task SubmitAsync(BenchKernel kernel, Person applicant, string process) => kernel.AsAsync(applicant, async scope =>
    {
        var draft = await scope.GetRequiredService<StartCase>().DraftAsync(process, default);
        var outcome = await scope.GetRequiredService<SubmitCase>()
            .SubmitAsync(draft!.Value, new JsonObject { ["name"] = "申请人甲", ["reason"] = "需要" }, default);
        return outcome is SubmitOutcome.Submitted ? true : throw new InvalidOperationException($"Not submitted: {outcome}");
    });

    /// <summary>What the signer sends from the open tasks' pages; opening the page is another request and not measured.</summary>
    internal static async Task<List<DecideRequest>> RequestsAsync(
        BenchKernel kernel, Person signer, SignatureMethod method = SignatureMethod.Stored)
    {
        var tasks = await kernel.InScopeAsync(scope => scope.GetRequiredService<ApprovalsDbContext>().Tasks
            .Where(task => task.AssigneeId == signer.Id && task.State == TaskState.Open)
            .OrderBy(task => task.Id).Select(task => task.Id).ToListAsync());
        var requests = new List<DecideRequest>();
        foreach (var task in tasks)
        {
            requests.Add(await kernel.AsAsync(signer, async scope => new DecideRequest
            {
                TaskId = task,
                Kind = DecisionKind.Approve,
                Opinion = "情况属实，同意。",
                ShownHash = (await scope.GetRequiredService<TaskViews>().LoadAsync(task, default))!.Shown.Hash,
                Method = method,
                Secret = method == SignatureMethod.None ? null : "right",
            }));
        }

        return requests;
    }

    /// <summary>Approves by the use case.</summary>
    internal static async Task ApproveAsync(BenchKernel kernel, Person signer, DecideRequest request)
    {
        var outcome = await kernel.AsAsync(
            signer, scope => scope.GetRequiredService<DecideTask>().DecideAsync(request, default));
        if (outcome is not DecideOutcome.Decided)
            throw new InvalidOperationException($"Not decided: {outcome}");
    }

    private static async Task CheckAsync(BenchKernel kernel)
    {
        var completed = await kernel.InScopeAsync(scope => scope.GetRequiredService<ApprovalsDbContext>().Cases
            .CountAsync(row => row.Status == CaseStatus.Completed));
        if (completed != Cases)
            throw new InvalidOperationException($"{completed} of {Cases} cases were completed.");
    }

    /// <summary>What was sent to the database.</summary>
    private readonly record struct Counted(int Commands, int Reads, int Writes, int Commits)
    {
        public static Counted Of(RecordedWrites record) => new(record.Commands, record.Reads, record.Writes, record.Commits);

        public static Counted operator +(Counted one, Counted other) =>
            new(one.Commands + other.Commands, one.Reads + other.Reads, one.Writes + other.Writes, one.Commits + other.Commits);

        public static Counted operator -(Counted later, Counted earlier) => new(
            later.Commands - earlier.Commands, later.Reads - earlier.Reads,
            later.Writes - earlier.Writes, later.Commits - earlier.Commits);

        /// <summary>JSON lines; the reference is what the bare transactions of the same run send.</summary>
        public IEnumerable<string> Lines(string name, double approvals, List<IReadOnlyList<Write>> bare)
        {
            const string reference = "reference: the bare transaction that writes the same rows";
            const string leftOut = "the use case without the check of the password, and without what HTTP and the jobs add";
            yield return Figure.Line(
                name, Commands / approvals, "commands an approval", bare.Average(one => one.Count),
                $"limit 12; a command carries one or more statements; {reference}; {leftOut}");
            yield return Figure.Line(
                $"{name}.statements", (Reads + Writes) / approvals, "statements an approval", Writes / approvals,
                $"limit 12; {Reads / approvals:0.0} read, {Writes / approvals:0.0} write; {reference}, no reads; {leftOut}");
            yield return Figure.Line(
                $"{name}.commits", Commits / approvals, "commits an approval", bare.Count / approvals,
                $"limit 1; {reference}; {leftOut}");
        }
    }
}
