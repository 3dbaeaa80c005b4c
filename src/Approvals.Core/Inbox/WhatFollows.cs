using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>A step that follows a decision, with the people it will go to as things stand now.</summary>
/// <param name="StepName">Name of the step.</param>
/// <param name="People">Names; empty when the step needs nobody or they cannot be told beforehand.</param>
public sealed record FollowingStep(string StepName, IReadOnlyList<string> People);

/// <summary>What comes after a decision.</summary>
/// <param name="Steps">The steps that follow; none when the case ends or its people are computed.</param>
/// <param name="First">Steps of other branches, still open, that a join on the way waits for: until they are done nothing follows.</param>
/// <param name="Issued">What the system issues, registers and starts on the way, by the names of its activities.</param>
public sealed record WhatComes(IReadOnlyList<FollowingStep> Steps, IReadOnlyList<FollowingStep> First, IReadOnlyList<string> Issued);

/// <summary>Tells a signer before the button is pressed what comes next and to whom the case goes.</summary>
public sealed class WhatFollows(
    ApprovalsDbContext db, DefinitionCatalogue catalogue, ParticipantResolver resolver, IServiceProvider services)
{
    /// <summary>What happens by itself and asks nobody: a signer wants to know who has the case after it.</summary>
    private static readonly HashSet<string> PassedOver =
    [
        "Elsa.FlowJoin", "Elsa.FlowFork", "Elsa.FlowNode", "Approvals.RuleCheck", "Approvals.Notify", "Approvals.IssueDocument",
        "Approvals.IssueCertificate", "Approvals.RegisterChange", "Approvals.StartCase", "Approvals.IssueOrder", "Approvals.MissionState",
    ];

    /// <summary>What of it others see: a signer is told that it goes out.</summary>
    private static readonly HashSet<string> Seen =
        ["Approvals.IssueDocument", "Approvals.IssueCertificate", "Approvals.RegisterChange", "Approvals.StartCase", "Approvals.IssueOrder"];

    /// <summary>The steps behind an outcome of the task's step; empty when the case ends or the definition computes its people.</summary>
    public async Task<WhatComes> AfterAsync(StepRun step, string outcome, CancellationToken cancellationToken)
    {
        var version = await db.Instances.AsNoTracking().Where(one => one.Id == step.InstanceId)
            .Select(one => one.DefinitionVersionId).FirstOrDefaultAsync(cancellationToken);
        if (version is null || await CaseScope.LoadAsync(services, step.CaseId, cancellationToken) is not { } scope)
        {
            return new WhatComes([], [], []);
        }

        var definition = await catalogue.GetAsync(version, cancellationToken);
        var container = Container(JsonNode.Parse(definition.Row.Json)?["root"], step.ActivityId);
        var following = new List<FollowingStep>();
        var (targets, joins, issued) = container is null ? ([], [], []) : Targets(container, step.ActivityId, outcome);
        foreach (var activity in targets)
        {
            var who = Who(activity);
            var people = who.Count == 0
                ? null
                : await resolver.ResolveAsync(
                    who, (await scope.ParticipantsAsync(who, cancellationToken)) with { FillsIn = Text(activity["type"]) == StepActivity.FormType },
                    cancellationToken);
            following.Add(new FollowingStep(NameOf(activity), people is null ? [] : [.. people.People.Select(one => one.Name)]));
        }

        return new WhatComes(following, joins.Count == 0 ? [] : await FirstAsync(step, container!, joins, cancellationToken), issued);
    }

    /// <summary>Open steps from which a join is reached that waits for all: the case goes on when they are done as well.</summary>
    private async Task<List<FollowingStep>> FirstAsync(
        StepRun step, JsonObject container, IReadOnlyCollection<string> joins, CancellationToken cancellationToken)
    {
        var open = await db.StepRuns.AsNoTracking()
            .Where(one => one.InstanceId == step.InstanceId && one.Id != step.Id)
            .Where(one => one.Status == StepStatus.Open || one.Status == StepStatus.Unassigned)
            .OrderBy(one => one.OpenedAt).ThenBy(one => one.Id)
            .Select(one => new
            {
                one.ActivityId,
                one.StepName,
                People = db.Tasks.Where(task => task.StepRunId == one.Id && task.State == TaskState.Open).OrderBy(task => task.Order)
                    .Join(db.People, task => task.AssigneeId, person => person.Id, (_, person) => person.Name).ToList(),
            })
            .ToListAsync(cancellationToken);
        return [.. open.Where(one => Reaches(container, one.ActivityId, joins)).Select(one => new FollowingStep(one.StepName, one.People))];
    }

    private static bool Reaches(JsonObject container, string from, IReadOnlyCollection<string> joins)
    {
        var connections = container["connections"]?.AsArray().OfType<JsonObject>().ToLookup(
            line => Text(line["source"]?["activity"]) ?? "", line => Text(line["target"]?["activity"]) ?? "");
        var (seen, ahead) = (new HashSet<string>(), new Stack<string>([from]));
        while (connections is not null && ahead.TryPop(out var at))
        {
            foreach (var next in connections[at].Where(seen.Add))
                ahead.Push(next);
        }

        return joins.Any(seen.Contains);
    }

    private static JsonObject? Container(JsonNode? node, string activityId)
    {
        if (node is not JsonObject container || container["activities"] is not JsonArray activities)
        {
            return null;
        }

        return activities.Any(one => Text(one?["id"]) == activityId)
            ? container
            : activities.Select(one => Container(one, activityId)).FirstOrDefault(found => found is not null);
    }

    /// <summary>What an outcome leads to, the joins on the way that wait for every branch, and what is issued on it.</summary>
    private static (List<JsonObject> Targets, HashSet<string> Joins, List<string> Issued) Targets(JsonObject container, string activityId, string outcome)
    {
        var activities = container["activities"]!.AsArray().OfType<JsonObject>().ToDictionary(one => Text(one["id"]) ?? "");
        var connections = container["connections"]?.AsArray().OfType<JsonObject>().ToList() ?? [];
        var found = new List<JsonObject>();
        var seen = new HashSet<string>();
        var joins = new HashSet<string>();
        var issued = new List<string>();
        Follow(activityId, outcome);
        return (found, joins, issued);

        void Follow(string from, string? port)
        {
            var targets = connections
                .Where(line => Text(line["source"]?["activity"]) == from)
                .Where(line => port is null || (Text(line["source"]?["port"]) ?? "Done") == port)
                .Select(line => Text(line["target"]?["activity"]) ?? "");
            foreach (var id in targets.Where(id => activities.ContainsKey(id) && seen.Add(id)))
            {
                if (PassedOver.Contains(Text(activities[id]["type"]) ?? ""))
                {
                    if (WaitsForAll(activities[id]))
                        joins.Add(id);
                    if (Seen.Contains(Text(activities[id]["type"]) ?? ""))
                        issued.Add(NameOf(activities[id]));
                    Follow(id, null);
                }
                else
                {
                    found.Add(activities[id]);
                }
            }
        }
    }

    private static bool WaitsForAll(JsonObject activity) =>
        Text(activity["type"]) == "Elsa.FlowJoin" && Text(activity["mode"]?["expression"]?["value"]) is "WaitAll" or "WaitAllActive";

    // Only people written down in the definition can be named beforehand; an expression decides when the step starts.
    private static List<string> Who(JsonObject activity)
    {
        var expression = activity["who"]?["expression"];
        if (Text(expression?["type"]) is not ("Literal" or "Object"))
        {
            return [];
        }

        if (expression!["value"] is JsonArray array)
        {
            return [.. array.Select(Text).OfType<string>()];
        }

        var text = Text(expression["value"])?.Trim() ?? "";
        return text.StartsWith('[')
            ? JsonSerializer.Deserialize<List<string>>(text) ?? []
            : [.. text.Split(['\n', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
    }

    private static string NameOf(JsonObject activity) =>
        Text(activity["metadata"]?["displayText"]) ?? Text(activity["name"]) ?? Text(activity["id"]) ?? "";

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
