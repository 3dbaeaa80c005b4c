using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Tests.Inbox.Acts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TestProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Cases;

/// <summary>业务件: the list and its export hold what a person may read, no more and no less.</summary>
public sealed class CaseListTests
{
    [Theory, OnEachDatabase]
    public async Task Everybody_finds_in_the_list_exactly_the_cases_they_may_read(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners(), ActBureau.Several("All"));
        var world = bureau.World;
        var cases = new List<Guid>();
        for (var count = 0; count < 3; count++)
            cases.AddRange([await world.SubmittedAsync("two-signers"), await world.SubmittedAsync("several")]);
        await bureau.HandOverAsync(await world.TaskOfAsync(cases[0], world.Head), world.Head, bureau.Deputy, "代办");
        await world.AsAsync(world.Applicant, scope => scope.GetRequiredService<StartCase>().DraftAsync("several", default));
        await world.Kernel.CommitAsync((_, db) =>
        {
            db.Copies.Add(new CaseCopy { CaseId = cases[1], PersonId = world.Representative.Id, Reason = "抄送", At = DateTimeOffset.UnixEpoch });
            db.Substitutions.Add(new Substitution
            {
                PrincipalId = world.VoterOne.Id, SubstituteId = bureau.Clerk.Id, From = new DateOnly(2020, 1, 1), Until = new DateOnly(2040, 1, 1),
            });
        });

        foreach (var who in new[] { world.Applicant, world.Representative, world.Head, world.Leader, world.VoterOne, world.VoterTwo, bureau.Deputy, bureau.Clerk })
        {
            var all = await world.Kernel.ReadAsync(db => db.Cases.Where(one => one.Status != CaseStatus.Draft).Select(one => one.Id).ToListAsync());
            var (listed, readable) = await world.AsAsync(who, async scope =>
            {
                var access = scope.GetRequiredService<CaseAccess>();
                var may = new List<Guid>();
                foreach (var id in all)
                {
                    if (await access.CanReadAsync(id, default))
                        may.Add(id);
                }

                return ((await scope.GetRequiredService<CaseList>().PageAsync(new CaseFilter(), null, default)).Rows.Select(one => one.Id).ToList(), may);
            });
            Assert.Equal(readable.Order(), listed.Order());
        }

        Assert.Equal([cases[0]], await ListedAsync(bureau, bureau.Deputy, new CaseFilter()));
        Assert.Equal([cases[1]], await ListedAsync(bureau, world.Representative, new CaseFilter()));
    }

    [Theory, OnEachDatabase]
    public async Task Filters_narrow_the_list_and_pages_follow_one_another(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners(), ActBureau.Several("All"));
        var world = bureau.World;
        var made = new List<Guid>();
        for (var count = 0; count < 23; count++)
        {
            made.Add(await world.SubmittedAsync("two-signers"));
            world.Kernel.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var forked = await world.SubmittedAsync("several");
        var first = await PageAsync(bureau, world.Head, new CaseFilter("two-signers"), null);
        var second = await PageAsync(bureau, world.Head, new CaseFilter("two-signers"), first.Next);
        Assert.Equal((20, 3, null), (first.Rows.Count, second.Rows.Count, second.Next));
        Assert.Equal(made.Order(), first.Rows.Concat(second.Rows).Select(one => one.Id).Order());

        await world.DecideAsync(await world.TaskOfAsync(made[0], world.Head), world.Head, DecisionKind.Reject, "不同意。");
        Assert.Equal([made[0]], await ListedAsync(bureau, world.Head, new CaseFilter(Status: CaseStatus.Rejected)));
        Assert.Equal([forked], await ListedAsync(bureau, world.Head, new CaseFilter("several", CaseStatus.Running)));
        Assert.Empty(await ListedAsync(bureau, world.Head, new CaseFilter(From: new DateOnly(2099, 1, 1))));
        Assert.Empty(await ListedAsync(bureau, world.Head, new CaseFilter(Until: new DateOnly(1999, 1, 1))));
        Assert.Empty(await ListedAsync(bureau, world.Head, new CaseFilter(SectionId: Guid.NewGuid())));
        Assert.Equal([forked], await ListedAsync(bureau, world.Head, new CaseFilter(Search: (await world.CaseAsync(forked)).Number)));
    }

    [Theory, OnEachDatabase]
    public async Task The_export_is_a_workbook_of_the_list_and_is_audited(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners(), ActBureau.Several("All"));
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");
        await world.SubmittedAsync("several");

        var book = await world.AsAsync(world.Head, scope => scope.GetRequiredService<ExportCases>()
            .MakeAsync(new CaseFilter("two-signers"), TestContext.Current.CancellationToken));

        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(book.Content!));
        using var reader = new StreamReader(archive.Entries.Single(one => one.FullName.Contains("worksheets/", StringComparison.Ordinal)).Open());
        var sheet = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains((await world.CaseAsync(caseId)).Number!, sheet, StringComparison.Ordinal);
        Assert.Contains("处长丙", sheet, StringComparison.Ordinal);
        Assert.Contains("处长审批", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("评议", sheet, StringComparison.Ordinal);
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.AuditEntries.CountAsync(one => one.Action == "cases.exported")));
    }

    private static Task<CasePage> PageAsync(ActBureau bureau, Person by, CaseFilter filter, Guid? after) => bureau.World.AsAsync(
        by, scope => scope.GetRequiredService<CaseList>().PageAsync(filter, after, TestContext.Current.CancellationToken));

    private static async Task<List<Guid>> ListedAsync(ActBureau bureau, Person by, CaseFilter filter) =>
        [.. (await PageAsync(bureau, by, filter, null)).Rows.Select(one => one.Id)];
}
