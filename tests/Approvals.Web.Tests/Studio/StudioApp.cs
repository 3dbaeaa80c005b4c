using System.Text.Json.Nodes;
using Approvals.Core.Processes;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Studio;

/// <summary>One product for a class of tests about designing.</summary>
public sealed class StudioApp : IAsyncLifetime
{
    public TestApp App { get; } = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => App.DisposeAsync();

    public Task<StudioClient> OwnerAsync() => StudioClient.AsAsync(App, StudioClient.Owner);

    /// <summary>A second process owner, who signs in on another computer.</summary>
    public async Task<StudioClient> OtherOwnerAsync()
    {
        await App.DatabaseAsync(async db =>
        {
            var person = (await db.Users.SingleAsync(one => one.UserName == "wangqiang")).PersonId;
            if (!await db.RoleAssignments.AnyAsync(one => one.PersonId == person && one.Role == Core.Organisation.Roles.ProcessOwner))
                db.RoleAssignments.Add(new Core.Organisation.RoleAssignment { PersonId = person, Role = Core.Organisation.Roles.ProcessOwner });
            return await db.SaveChangesAsync();
        });
        return await StudioClient.AsAsync(App, "wangqiang");
    }

    /// <summary>Every stored version, to see whether anything changed.</summary>
    public Task<List<string>> RowsAsync() => App.DatabaseAsync(db => db.Definitions.OrderBy(row => row.Id)
        .Select(row => $"{row.Id} {row.Hash} {row.RowVersion} {row.IsLatest} {row.IsPublished} {row.Files}").ToListAsync());

    public Task<List<DefinitionVersion>> VersionsAsync(string definitionId) => App.DatabaseAsync(db => db.Definitions.AsNoTracking()
        .Where(row => row.DefinitionId == definitionId).OrderBy(row => row.Version).ToListAsync());

    public Task<List<string>> AuditAsync(string definitionId) => App.DatabaseAsync(db => db.AuditEntries
        .Where(one => one.SubjectKind == "definition" && one.SubjectId == definitionId).OrderBy(one => one.Sequence)
        .Select(one => one.Action + " " + one.Details).ToListAsync());

    /// <summary>A small flowchart: the given activities one after the other.</summary>
    public static JsonObject Chart(string definitionId, string name, params JsonObject[] activities) => new()
    {
        ["definitionId"] = definitionId,
        ["name"] = name,
        ["description"] = "",
        ["variables"] = new JsonArray(),
        ["inputs"] = new JsonArray(),
        ["outputs"] = new JsonArray(),
        ["outcomes"] = new JsonArray(),
        ["customProperties"] = new JsonObject(),
        ["options"] = new JsonObject(),
        ["root"] = new JsonObject
        {
            ["id"] = "Flowchart1",
            ["nodeId"] = "Workflow1:Flowchart1",
            ["name"] = "Flowchart1",
            ["type"] = "Elsa.Flowchart",
            ["version"] = 1,
            ["customProperties"] = new JsonObject { ["notFoundConnections"] = new JsonArray() },
            ["metadata"] = new JsonObject(),
            ["activities"] = new JsonArray([.. activities]),
            ["connections"] = new JsonArray([.. activities.Zip(activities.Skip(1), (from, to) => Connection(from, to))]),
        },
    };

    public static JsonObject Activity(string id, string type, string? title = null, params (string Name, JsonNode? Value)[] inputs)
    {
        var activity = new JsonObject
        {
            ["id"] = id,
            ["name"] = id,
            ["type"] = type,
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = 10.50, ["y"] = 20 } },
                ["displayText"] = title ?? id,
            },
        };
        foreach (var (name, value) in inputs)
            activity[name] = value;
        return activity;
    }

    public static JsonObject Literal(string value) => Wrapped("Literal", value);

    public static JsonObject Wrapped(string type, string value) => new()
    {
        ["typeName"] = null,
        ["expression"] = new JsonObject { ["type"] = type, ["value"] = value },
        ["memoryReference"] = null,
    };

    public static JsonObject Connection(JsonObject from, JsonObject to, string port = "Done") => new()
    {
        ["source"] = new JsonObject { ["activity"] = from["id"]!.DeepClone(), ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = to["id"]!.DeepClone(), ["port"] = "In" },
        ["vertices"] = new JsonArray(),
    };
}
