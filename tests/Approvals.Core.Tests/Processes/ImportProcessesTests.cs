using Approvals.Core.Cases;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using CaseProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Processes;

public class ImportProcessesTests
{
    [Theory, OnEachDatabase]
    public async Task An_unknown_activity_is_refused_and_the_version_before_stays(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners());
        new TestProcess("two-signers")
            .Add("start", "Elsa.Start", "开始")
            .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
            .Add("teleport", "Approvals.Teleport", "传送")
            .Connect("start", "apply").Connect("apply", "teleport")
            .Write(world.Workflows);

        await world.ImportAsync();

        Assert.Equal([1], await VersionsAsync(world));
        Assert.IsType<SubmitOutcome.Submitted>(await world.SubmitAsync("two-signers"));
    }

    [Theory, OnEachDatabase]
    public async Task A_loop_without_a_wait_is_refused(string database)
    {
        await using var world = await CaseWorld.StartAsync(database);
        new TestProcess("loop")
            .Add("start", "Elsa.Start", "开始")
            .Add("one", "Elsa.WriteLine", "一")
            .Add("two", "Elsa.WriteLine", "二")
            .Connect("start", "one").Connect("one", "two").Connect("two", "one")
            .Write(world.Workflows);

        await world.ImportAsync();

        Assert.Empty(await VersionsAsync(world));
    }

    [Theory, OnEachDatabase]
    public async Task A_damaged_form_is_refused(string database)
    {
        await using var world = await CaseWorld.StartAsync(database);
        CaseProcesses.TwoSigners().Write(world.Workflows);
        File.WriteAllText(
            Path.Combine(world.Workflows, "two-signers", "forms", "application.json"),
            """{ "title": "坏表", "fields": [{ "key": "name", "type": "hologram", "label": "姓名" }] }""");

        await world.ImportAsync();

        Assert.Empty(await VersionsAsync(world));
    }

    [Theory, OnEachDatabase]
    public async Task What_was_changed_in_the_designer_is_left_alone(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners());
        await world.Kernel.CommitAsync((_, db) => db.Definitions.Single().SourceHash = null);
        CaseProcesses.TwoSigners("straight").Write(world.Workflows);

        await world.ImportAsync();

        Assert.Equal([1], await VersionsAsync(world));
    }

    private static Task<List<int>> VersionsAsync(CaseWorld world) => world.Kernel.ReadAsync(db =>
        db.Definitions.OrderBy(row => row.Version).Select(row => row.Version).ToListAsync());
}
