using Approvals.Core.Processes;
using Approvals.Core.Tests.Cases;
using Approvals.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using CaseProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Processes;

/// <summary>What is kept of definitions for the life of a process: an owner who designs all day must not fill its memory.</summary>
public sealed class CompiledDefinitionsTests
{
    [Fact]
    public async Task Of_a_draft_the_newest_content_alone_is_kept_and_a_published_version_is_read_once()
    {
        await using var world = await CaseWorld.StartAsync(SqliteDatabase.Name, CaseProcesses.TwoSigners());
        var json = await world.Kernel.ReadAsync(db => db.Definitions.Select(row => row.Json).FirstAsync());
        var compiled = await world.Kernel.InScopeAsync(scope => Task.FromResult(scope.GetRequiredService<CompiledDefinitions>()));

        var first = compiled.Load(Draft(json, "first"));
        Assert.Same(first, compiled.Load(Draft(json, "first")));
        var second = compiled.Load(Draft(json, "second"));
        Assert.NotSame(first.Workflow, second.Workflow);
        Assert.NotSame(first.Workflow, compiled.Load(Draft(json, "first")).Workflow);
        Assert.Null(compiled.FindFixed("draft"));

        var last = compiled.Load(Draft(json, "first"));
        var published = Draft(json, "first");
        published.PublishedAt = DateTimeOffset.UnixEpoch;
        Assert.Same(last.Workflow, compiled.Load(published).Workflow);
        Assert.Same(last.Workflow, compiled.FindFixed("draft")?.Workflow);
    }

    private static DefinitionVersion Draft(string json, string hash) =>
        new() { Id = "draft", DefinitionId = "two-signers", Name = "两人签署", Json = json, Files = "{}", Hash = hash };
}
