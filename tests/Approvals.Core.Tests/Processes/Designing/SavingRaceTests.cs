using Approvals.Core.Organisation;
using Approvals.Core.Processes.Designing;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using CaseProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Processes.Designing;

/// <summary>Owners who save the same process at the very same time, on every database.</summary>
public sealed class SavingRaceTests
{
    [Theory, OnEachDatabase]
    public async Task Of_two_owners_one_begins_the_draft_and_the_other_is_told(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners());

        await RaceAsync(world);

        var versions = await world.Kernel.ReadAsync(db => db.Definitions.AsNoTracking().OrderBy(row => row.Version).ToListAsync());
        Assert.Equal([1, 2], versions.Select(row => row.Version));
        Assert.Equal([false, true], versions.Select(row => row.IsLatest));
        Assert.Equal([true, false], versions.Select(row => row.IsPublished));
    }

    [Theory, OnEachDatabase]
    public async Task Of_two_owners_one_writes_the_draft_and_the_other_is_told(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners());
        await SaveAsync(world, world.Leader, "草稿", null);

        var winner = await RaceAsync(world);

        Assert.Equal(winner, await world.Kernel.ReadAsync(db => db.Definitions.Where(row => row.IsLatest).Select(row => row.Description).SingleAsync()));
        Assert.Equal(2, await world.Kernel.ReadAsync(db => db.Definitions.CountAsync()));
    }

    /// <summary>Both read before either saves; returns what the one that was taken wrote.</summary>
    private static async Task<string> RaceAsync(CaseWorld world)
    {
        using var both = new Barrier(2);
        var answers = await Task.WhenAll(
            Task.Run(() => SaveAsync(world, world.Leader, "甲的修改", both)), Task.Run(() => SaveAsync(world, world.Head, "乙的修改", both)));
        var refused = Assert.Single(answers, answer => answer.Refusal is not null);
        Assert.Contains("您的修改未保存", refused.Refusal, StringComparison.Ordinal);
        return Assert.Single(answers, answer => answer.Refusal is null).Text;
    }

    private static Task<(string Text, string? Refusal)> SaveAsync(CaseWorld world, Person by, string text, Barrier? both) =>
        world.AsAsync(by, async scope =>
        {
            var row = await scope.GetRequiredService<DefinitionQuery>().FindAsync("two-signers", VersionChoice.Latest, default);
            var model = DefinitionDocument.ForDesigner(row!, scope.GetRequiredService<KnownActivities>());
            model["description"] = text;
            both?.SignalAndWait(TimeSpan.FromSeconds(30));
            try
            {
                await scope.GetRequiredService<SaveDefinition>().SaveAsync(model, publish: false, "", default);
                return (text, (string?)null);
            }
            catch (DesignRefused refused)
            {
                return (text, refused.Message);
            }
        });
}
