using System.Net;
using System.Text.Json.Nodes;
using Approvals.Core.Data;
using Approvals.Core.Processes;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Studio;

/// <summary>Definitions as a stock Elsa 3.8 stores and exports them are imported, published and run here.</summary>
public sealed class StockDefinitionsTests(StudioApp studio) : IClassFixture<StudioApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_exported_flowchart_waits_for_its_event_decides_and_sets_its_output()
    {
        await TakeAsync(RecordedPair.Read(60).Answer!.AsObject());

        var instance = await StartAsync("approval", new() { ["Amount"] = 42 });
        Assert.Equal("Suspended", (await RowAsync(instance)).SubStatus);
        await ResumeAsync(instance);

        Assert.Equal(("Finished", "Finished"), await StatusAsync(instance));
        var done = await DoneAsync(instance);
        Assert.Contains("WriteLine2", done);
        Assert.DoesNotContain("WriteLine3", done);
        Assert.Contains("amount 42", (await RowAsync(instance)).State, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delay_waits_for_its_time()
    {
        await TakeAsync(Posted(109));
        var instance = await StartAsync("delay");
        Assert.Equal("Suspended", (await RowAsync(instance)).SubStatus);

        studio.App.Clock.Advance(TimeSpan.FromDays(2));
        await studio.App.ServiceAsync<TimerSweep, int>(sweep => sweep.RunDueAsync(Stop));

        Assert.Equal(("Finished", "Finished"), await StatusAsync(instance));
    }

    [Fact]
    public async Task A_workflow_runs_another_one_that_it_uses_as_an_activity_and_pins_its_version()
    {
        await TakeAsync(Posted(112));
        await TakeAsync(Posted(114));
        var instance = await StartAsync("parent");

        Assert.Equal(("Finished", "Finished"), await StatusAsync(instance));
        Assert.Contains("Child1", await DoneAsync(instance));
        var child = (await studio.VersionsAsync("child")).Single();
        Assert.Contains($"\"workflowDefinitionVersionId\":\"{child.Id}\"", (await studio.VersionsAsync("parent")).Single().Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task If_switch_fork_join_and_loop_run()
    {
        var chart = StudioApp.Chart(
            "stock-control", "控制活动",
            StudioApp.Activity("start", "Elsa.Start"),
            StudioApp.Activity("set", "Elsa.SetVariable", null,
                ("variable", JsonNode.Parse("""{"id":"v1","name":"Amount","typeName":"Int32","value":"0"}""")), ("value", StudioApp.Literal("7"))),
            StudioApp.Activity("if", "Elsa.If", null,
                ("condition", StudioApp.Wrapped("JavaScript", "variables.Amount > 5")),
                ("then", StudioApp.Activity("then", "Elsa.WriteLine")), ("else", StudioApp.Activity("else", "Elsa.WriteLine"))),
            StudioApp.Activity("switch", "Elsa.FlowSwitch", null, ("cases", JsonNode.Parse(
                """[{"label":"大额","condition":{"type":"JavaScript","value":"variables.Amount > 100"}},{"label":"小额","condition":{"type":"JavaScript","value":"variables.Amount < 100"}}]"""))));
        var root = chart["root"]!;
        root["connections"]!.AsArray().Add(Line("if", "Done", "switch"));
        foreach (var activity in new[]
        {
            StudioApp.Activity("large", "Elsa.WriteLine"),
            StudioApp.Activity("fork", "Elsa.FlowFork", null, ("branches", StudioApp.Wrapped("Object", """["甲","乙"]"""))),
            StudioApp.Activity("a", "Elsa.WriteLine"), StudioApp.Activity("b", "Elsa.WriteLine"),
            StudioApp.Activity("join", "Elsa.FlowJoin", null, ("mode", StudioApp.Literal("WaitAll"))),
            StudioApp.Activity("each", "Elsa.ForEach", null,
                ("items", StudioApp.Wrapped("Object", """["x","y","z"]""")), ("body", StudioApp.Activity("body", "Elsa.WriteLine"))),
            StudioApp.Activity("end", "Elsa.End"),
        })
            root["activities"]!.AsArray().Add(activity);
        foreach (var line in new[]
        {
            Line("switch", "大额", "large"), Line("switch", "小额", "fork"), Line("fork", "甲", "a"), Line("fork", "乙", "b"),
            Line("a", "Done", "join"), Line("b", "Done", "join"), Line("join", "Done", "each"), Line("each", "Done", "end"),
        })
            root["connections"]!.AsArray().Add(line);
        chart["variables"] = JsonNode.Parse("""[{"id":"v1","name":"Amount","typeName":"Int32","isArray":false,"value":"0"}]""");
        await TakeAsync(chart);

        var instance = await StartAsync("stock-control");

        Assert.Equal(("Finished", "Finished"), await StatusAsync(instance));
        var done = await DoneAsync(instance);
        Assert.Equal(3, done.Count(id => id == "body"));
        Assert.Equal(["a", "b", "then"], done.Where(id => id is "a" or "b" or "then" or "else" or "large").Order());
    }

    [Fact]
    public async Task What_is_exported_here_has_the_shape_that_a_stock_server_exports()
    {
        var stock = RecordedPair.Read(60).Answer!.AsObject();
        await TakeAsync(stock);
        using var owner = await studio.OwnerAsync();

        var exported = JsonNode.Parse((await owner.GetAsync("/workflow-definitions/approval/export?versionOptions=Published")).Text)!;

        stock = (JsonObject)stock.DeepClone();
        stock.Remove("version");
        Assert.Empty(RecordedShape.Differences(stock, exported));
        Assert.Equal("$schema", exported.AsObject().First().Key);
    }

    private static JsonObject Posted(int number) => (JsonObject)RecordedPair.Read(number).Body!["model"]!.DeepClone();

    private static JsonObject Line(string from, string port, string to) => StudioApp.Connection(
        new JsonObject { ["id"] = from }, new JsonObject { ["id"] = to }, port);

    /// <summary>Imports and publishes.</summary>
    private async Task TakeAsync(JsonObject definition)
    {
        using var owner = await studio.OwnerAsync();
        var imported = await owner.PostAsync("/workflow-definitions/import", definition);
        Assert.True(imported.Status == HttpStatusCode.OK, imported.Text);
        var published = await owner.PostAsync($"/workflow-definitions/{definition["definitionId"]}/publish", new JsonObject());
        Assert.True(published.Status == HttpStatusCode.OK, published.Text);
    }

    private Task<Guid> StartAsync(string definitionId, Dictionary<string, object?>? input = null) => WorkAsync(async host =>
        (await host.StartAsync(definitionId, null, input, Stop)).Id);

    private async Task ResumeAsync(Guid instance)
    {
        var bookmark = await studio.App.DatabaseAsync(db => db.Bookmarks.Where(row => row.InstanceId == instance).Select(row => row.Id).SingleAsync(Stop));
        Assert.Equal(HostOutcome.Ran, await WorkAsync(host => host.ResumeAsync(bookmark, null, Stop)));
    }

    private async Task<T> WorkAsync<T>(Func<WorkflowHost, Task<T>> work)
    {
        await using var scope = studio.App.Services.CreateAsyncScope();
        var host = scope.ServiceProvider.GetRequiredService<WorkflowHost>();
        return await scope.ServiceProvider.GetRequiredService<UnitOfWork>().RunAsync(_ => work(host), Stop);
    }

    private Task<WorkflowInstanceRow> RowAsync(Guid id) =>
        studio.App.DatabaseAsync(db => db.Instances.AsNoTracking().SingleAsync(row => row.Id == id, Stop));

    private async Task<(string Status, string SubStatus)> StatusAsync(Guid id)
    {
        var row = await RowAsync(id);
        return (row.Status, row.SubStatus);
    }

    /// <summary>Ids of the activities that were completed, in their order.</summary>
    private async Task<List<string>> DoneAsync(Guid id) =>
        [.. (await studio.App.DatabaseAsync(db => JournalReader.ReadAsync(db, id, Stop))).Where(line => line.Event == "Completed").Select(line => line.NodeId.Split(':')[^1])];
}
