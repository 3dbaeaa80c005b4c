using Approvals.Core.Cases;
using Approvals.Core.Processes;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using CaseProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Processes;

/// <summary>An instance works on the case it was started for, whatever it says its correlation id is: nobody reads or decides another's.</summary>
public sealed class OwnCaseOnlyTests
{
    private const string Correlate =
        """{ "id": "take", "type": "Elsa.Correlate", "version": 1, "correlationId": { "expression": { "type": "Literal", "value": "VICTIM" } } }""";

    private const string Script =
        """{ "id": "take", "type": "Elsa.WriteLine", "version": 1, "text": { "expression": { "type": "JavaScript", "value": "setCorrelationId('VICTIM')" } } }""";

    private const string Child =
        """
        { "id": "take", "type": "Elsa.ExecuteWorkflow", "version": 1,
          "workflowDefinitionId": { "expression": { "type": "Literal", "value": "closer" } },
          "correlationId": { "expression": { "type": "Literal", "value": "VICTIM" } } }
        """;

    /// <summary>What the instance sees of its case; it is put into its name, because that is stored.</summary>
    private const string Name =
        """{ "id": "name", "type": "Elsa.SetName", "version": 1, "value": { "expression": { "type": "JavaScript", "value": "typeof caseId === 'undefined' ? 'none' : caseId" } } }""";

    private const string Close = """{ "id": "close", "type": "Approvals.CloseCase", "version": 1, "outcome": { "expression": { "type": "Literal", "value": "办结" } } }""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Correlate)]
    [InlineData(Script)]
    public async Task An_instance_of_a_case_cannot_correlate_to_another(string taking)
    {
        await using var world = await CaseWorld.StartAsync("Sqlite", CaseProcesses.TwoSigners());
        var (victim, own) = (await world.SubmittedAsync("two-signers"), await world.SubmittedAsync("two-signers"));
        await PublishAsync(world, "taker", taking.Replace("VICTIM", victim.ToString(), StringComparison.Ordinal), Name, Close);

        var instance = await StartAsync(world, "taker", own);

        var incident = await world.Kernel.ReadAsync(db => db.Incidents.AsNoTracking().SingleAsync(Stop));
        Assert.Equal((instance, "take"), (incident.InstanceId, incident.ActivityId));
        Assert.Contains("关联编号", incident.Message, StringComparison.Ordinal);
        var row = await InstanceAsync(world, instance);
        Assert.Equal((own, own.ToString()), (row.CaseId!.Value, row.CorrelationId));
        Assert.Equal(CaseStatus.Running, (await world.CaseAsync(victim)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_workflow_that_a_case_starts_works_on_that_case_and_no_other(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners());
        var (victim, own) = (await world.SubmittedAsync("two-signers"), await world.SubmittedAsync("two-signers"));
        await PublishAsync(world, "closer", Name, Close);
        await PublishAsync(world, "taker", Child.Replace("VICTIM", victim.ToString(), StringComparison.Ordinal));

        var parent = await StartAsync(world, "taker", own);

        var child = await world.Kernel.ReadAsync(db => db.Instances.AsNoTracking().SingleAsync(one => one.ParentInstanceId == parent, Stop));
        Assert.Equal((own, own.ToString(), own.ToString()), (child.CaseId!.Value, child.CorrelationId, child.Name));
        Assert.Equal(
            (CaseStatus.Running, CaseStatus.Completed), ((await world.CaseAsync(victim)).Status, (await world.CaseAsync(own)).Status));
    }

    [Theory, OnEachDatabase]
    public async Task An_instance_of_no_case_may_correlate_but_comes_to_no_case_by_it(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners());
        var victim = await world.SubmittedAsync("two-signers");
        await PublishAsync(world, "taker", Correlate.Replace("VICTIM", victim.ToString(), StringComparison.Ordinal), Name, Close);

        var instance = await StartAsync(world, "taker", null);

        var row = await InstanceAsync(world, instance);
        Assert.Equal((null, victim.ToString(), "none"), (row.CaseId, row.CorrelationId, row.Name));
        var incident = await world.Kernel.ReadAsync(db => db.Incidents.AsNoTracking().SingleAsync(Stop));
        Assert.Equal(("close", "此步骤只能在业务件中运行。"), (incident.ActivityId, incident.Message));
        Assert.Equal(CaseStatus.Running, (await world.CaseAsync(victim)).Status);
    }

    /// <summary>Publishes a definition as it may lie in a database of before it was checked.</summary>
    private static Task PublishAsync(CaseWorld world, string key, params string[] activities)
    {
        var ids = activities.Select(activity => System.Text.Json.Nodes.JsonNode.Parse(activity)!["id"]!.ToString()).Prepend("start").ToList();
        var lines = ids.Zip(ids.Skip(1)).Select(pair =>
            $$"""{ "source": { "activity": "{{pair.First}}", "port": "Done" }, "target": { "activity": "{{pair.Second}}" } }""");
        var json =
            $$"""
            {
              "id": "{{key}}-v1", "definitionId": "{{key}}", "name": "{{key}}", "version": 1,
              "root": {
                "id": "Flowchart1", "type": "Elsa.Flowchart", "version": 1,
                "activities": [{ "id": "start", "type": "Elsa.Start", "version": 1 }, {{string.Join(",", activities)}}],
                "connections": [{{string.Join(",", lines)}}]
              }
            }
            """;
        return world.Kernel.CommitAsync((_, db) => db.Definitions.Add(new DefinitionVersion
        {
            Id = $"{key}-v1", DefinitionId = key, Version = 1, Name = key, IsLatest = true, IsPublished = true, Json = json, Files = "{}",
            Hash = DefinitionHash.Of(json), CreatedAt = world.Kernel.Time.GetUtcNow(),
        }));
    }

    private static Task<Guid> StartAsync(CaseWorld world, string key, Guid? caseId) => world.Kernel.CommitAsync(async (scope, _) =>
        (await scope.GetRequiredService<WorkflowHost>().StartAsync(key, caseId, null, Stop)).Id);

    private static Task<WorkflowInstanceRow> InstanceAsync(CaseWorld world, Guid id) => world.Kernel.ReadAsync(db =>
        db.Instances.AsNoTracking().SingleAsync(one => one.Id == id, Stop));
}
