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
/// Durable approvals a second, by the real use case with its signature, audit chain, history, messages and the next step: every
/// case is approved by the section's head and then by the leader. Compared in the same run, in turns, with transactions that write
/// the same rows by plain ADO.NET on a copy of the database and do nothing else. Two figures, each beside its reference in the same turns:
/// soon after a start, while the runtime still compiles, and after some thousand approvals, as a server works for the rest of its life.
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
        var recorded = (Commands: 0, Commits: 0);
        await using (var copy = await kernel.CopyAsync(record))
        {
            foreach (var signer in new[] { Head, Leader })
            {
                var requests = await RequestsAsync(copy, signer);
                var before = (record.Commands, record.Commits);
                foreach (var request in requests)
                    await ApproveAsync(copy, signer, request);
                recorded.Commands += record.Commands - before.Commands;
                recorded.Commits += record.Commits - before.Commits;
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
        return string.Join(
            '\n',
            warm.Line($"approve.{database.Key}", $"{AtOnce} callers, use case to commit, after 1,400 approvals of each signer"),
            young.Line($"approve.{database.Key}.young", $"{AtOnce} callers, use case to commit, after 200 approvals of each signer"),
            Figure.Line(
                $"approve.commands.{database.Key}", recorded.Commands / (2.0 * Cases), "commands an approval", null,
                $"limit 12; {recorded.Commits / (2.0 * Cases):0.00} commits; {record.Transactions.Average(one => one.Count):0.0} of them write, with "
                + $"{record.Transactions.Average(one => one.Sum(write => write.Sql.Split(';').Count(part => part.Trim().Length > 0))):0.0} statements; the check of the password is left out"));
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
}
