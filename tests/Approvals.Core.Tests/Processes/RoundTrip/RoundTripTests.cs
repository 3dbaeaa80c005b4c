using System.Text.Json.Nodes;
using Approvals.Core.Processes;
using Approvals.Core.Processes.Designing;
using Approvals.Core.Processes.RoundTrip;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using CaseProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Processes.RoundTrip;

/// <summary>The files of a process and its versions in the database stay honest with each other.</summary>
public sealed class RoundTripTests
{
    [Theory, OnEachDatabase]
    public async Task What_was_designed_goes_back_to_the_files_and_from_there_on_a_file_is_newer_again(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners());
        Assert.Equal(FileState.InStep, await StateAsync(world));
        await DesignAsync(world, model => model["description"] = "在设计器中修改");
        Assert.Equal(FileState.DesignerAhead, await StateAsync(world));
        await world.ImportAsync();
        Assert.Equal([1, 2], await VersionsAsync(world));

        Assert.Equal(["two-signers/workflow.json"], await ExportAsync(world));
        Assert.Equal(FileState.InStep, await StateAsync(world));
        await world.ImportAsync();
        Assert.Equal([1, 2], await VersionsAsync(world));
        Assert.Empty((await ExportAsync(world))!);

        var file = Path.Combine(world.Workflows, "two-signers", "workflow.json");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Stop)).Replace("在设计器中修改", "在文件中修改", StringComparison.Ordinal), Stop);
        Assert.Equal(FileState.FilesAhead, await StateAsync(world));
        await world.ImportAsync();

        Assert.Equal([1, 2, 3], await VersionsAsync(world));
        Assert.Equal("在文件中修改", await world.Kernel.ReadAsync(db => db.Definitions.Where(row => row.IsPublished).Select(row => row.Description).SingleAsync()));
        Assert.Equal(FileState.InStep, await StateAsync(world));
    }

    [Theory, OnEachDatabase]
    public async Task When_both_have_changed_the_designers_version_stays_and_the_list_says_so(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners());
        await DesignAsync(world, model => model["description"] = "在设计器中修改");
        CaseProcesses.TwoSigners("straight").Write(world.Workflows);

        await world.ImportAsync();

        Assert.Equal(FileState.BothChanged, await StateAsync(world));
        Assert.Equal([1, 2], await VersionsAsync(world));
    }

    /// <summary>An old server that starts again in a rolling upgrade must not bring the processes of its release back.</summary>
    [Theory, OnEachDatabase]
    public async Task Files_that_were_imported_before_newer_ones_are_behind_and_not_published_again(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners());
        CaseProcesses.TwoSigners("straight").Write(world.Workflows);
        await world.ImportAsync();
        var published = await PublishedAsync(world);
        CaseProcesses.TwoSigners().Write(world.Workflows);

        await world.ImportAsync();

        Assert.Equal([1, 2], await VersionsAsync(world));
        Assert.Equal(published, await PublishedAsync(world));
        Assert.Equal(FileState.FilesBehind, await StateAsync(world));

        // A third release goes on from the second.
        var file = Path.Combine(world.Workflows, "two-signers", "workflow.json");
        var third = JsonNode.Parse(await File.ReadAllTextAsync(file, Stop))!;
        third["description"] = "第三个版本";
        await File.WriteAllTextAsync(file, third.ToJsonString(), Stop);
        await world.ImportAsync();
        Assert.Equal([1, 2, 3], await VersionsAsync(world));
    }

    [Theory, OnEachDatabase]
    public async Task A_process_that_was_taken_down_is_not_published_again_by_its_file(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners());
        await world.AsAsync(world.Leader, scope => scope.GetRequiredService<RetractDefinition>().RetractAsync("two-signers", default));
        CaseProcesses.TwoSigners("straight").Write(world.Workflows);

        await world.ImportAsync();

        Assert.Equal([1], await VersionsAsync(world));
        Assert.False(await world.Kernel.ReadAsync(db => db.Definitions.AnyAsync(row => row.IsPublished)));
    }

    [Theory, OnEachDatabase]
    public async Task A_designed_version_is_written_as_the_file_it_descends_from(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners());
        var file = Path.Combine(world.Workflows, "two-signers", "workflow.json");
        var json = JsonNode.Parse(await File.ReadAllTextAsync(file, Stop))!;
        await File.WriteAllTextAsync(file, ExportDefinition.Format(json), Stop);
        await world.ImportAsync();
        Assert.Empty((await ExportAsync(world))!);
        await DesignAsync(world, model =>
        {
            // Studio brings what was selected last to the top.
            foreach (var list in new[] { "activities", "connections" })
            {
                var items = model["root"]![list]!.AsArray();
                var first = items[0];
                items.RemoveAt(0);
                items.Add(first);
            }

            model["root"]!["activities"]![0]!["metadata"]!["displayText"] = "另一名称";
        });

        await ExportAsync(world);

        var before = json["root"]!["activities"]!.AsArray();
        var after = JsonNode.Parse(await File.ReadAllTextAsync(file, Stop))!;
        Assert.Equal(before.Select(Id), after["root"]!["activities"]!.AsArray().Select(Id));
        before[1]!["metadata"]!["displayText"] = "另一名称";
        Assert.True(JsonNode.DeepEquals(json["root"]!["connections"], after["root"]!["connections"]));
        Assert.True(JsonNode.DeepEquals(before, after["root"]!["activities"]), after["root"]!["activities"]!.ToJsonString());
        Assert.Equal((string)json["id"]!, (string)after["id"]!);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Id(JsonNode? activity) => (string)activity!["id"]!;

    private static Task<DesignOutcome> DesignAsync(CaseWorld world, Action<JsonObject> change) => world.AsAsync(world.Leader, async scope =>
    {
        var row = await scope.GetRequiredService<DefinitionQuery>().FindAsync("two-signers", VersionChoice.Latest, default);
        var model = DefinitionDocument.ForDesigner(row!, scope.GetRequiredService<KnownActivities>());
        change(model);
        return await scope.GetRequiredService<SaveDefinition>().SaveAsync(model, publish: true, "测试", default);
    });

    private static Task<IReadOnlyList<string>?> ExportAsync(CaseWorld world) => world.Kernel.InScopeAsync(scope =>
        scope.GetRequiredService<ExportProcesses>().WriteAsync("two-signers", world.Workflows, default));

    private static async Task<FileState> StateAsync(CaseWorld world) => Assert.Single(await world.Kernel.InScopeAsync(scope =>
        scope.GetRequiredService<ProcessFileStates>().ListAsync(default))).State;

    private static Task<int> PublishedAsync(CaseWorld world) => world.Kernel.ReadAsync(db =>
        db.Definitions.Where(row => row.IsPublished).Select(row => row.Version).SingleAsync());

    private static Task<List<int>> VersionsAsync(CaseWorld world) => world.Kernel.ReadAsync(db =>
        db.Definitions.OrderBy(row => row.Version).Select(row => row.Version).ToListAsync());
}
