using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>A step that follows a decision, with the people it will go to as things stand now.</summary>
/// <param name="StepName">Name of the step.</param>
/// <param name="People">Names; empty when the step needs nobody or they cannot be told beforehand.</param>
public sealed record FollowingStep(string StepName, IReadOnlyList<string> People);

/// <summary>What comes after a decision.</summary>
/// <param name="Steps">The steps that follow; none when the case ends.</param>
/// <param name="First">Steps of other branches, still open, that a join on the way waits for: until they are done nothing follows.</param>
/// <param name="Issued">What is issued, registered and started on the way, in words.</param>
public sealed record WhatComes(IReadOnlyList<FollowingStep> Steps, IReadOnlyList<FollowingStep> First, IReadOnlyList<string> Issued);

/// <summary>Tells a signer before the button is pressed what comes next and to whom the case goes.</summary>
public sealed class WhatFollows(
    ApprovalsDbContext db, DefinitionCatalogue catalogue, ParticipantResolver resolver, IServiceProvider services)
{
    /// <summary>The steps behind an outcome of the task's step; empty when the case ends or the definition computes its people.</summary>
    public async Task<WhatComes> AfterAsync(StepRun step, string outcome, CancellationToken cancellationToken)
    {
        var version = await db.Instances.AsNoTracking().Where(one => one.Id == step.InstanceId)
            .Select(one => one.DefinitionVersionId).FirstOrDefaultAsync(cancellationToken);
        if (version is null || await CaseScope.LoadAsync(services, step.CaseId, cancellationToken) is not { } scope)
        {
            return new WhatComes([], [], []);
        }

        var workflow = (await catalogue.GetAsync(version, cancellationToken)).Workflow;
        var ahead = workflow.FindActivity(step.ActivityId) is { } here
            ? FlowAhead.Planned(here, outcome)
            : [];
        var following = new List<FollowingStep>();
        foreach (var activity in ahead.Where(node => node.CanWait))
        {
            var who = Who(activity.Json);
            var people = who.Count == 0
                ? null
                : await resolver.ResolveAsync(
                    who, (await scope.ParticipantsAsync(who, cancellationToken)) with { FillsIn = activity.Type == StepActivity.FormType },
                    cancellationToken);
            following.Add(new FollowingStep(activity.DisplayText, people is null ? [] : [.. people.People.Select(one => one.Name)]));
        }

        var joins = ahead.Where(WaitsForAll).ToList();
        return new WhatComes(
            following,
            joins.Count == 0 ? [] : await FirstAsync(step, workflow, joins, cancellationToken),
            [.. FlowAhead.MadeOn(ahead)]);
    }

    /// <summary>Open steps from which a join is reached that waits for all: the case goes on when they are done as well.</summary>
    private async Task<List<FollowingStep>> FirstAsync(
        StepRun step, CompiledWorkflow workflow, IReadOnlyCollection<CompiledNode> joins, CancellationToken cancellationToken)
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
        return
        [
            .. open.Where(one => workflow.FindActivity(one.ActivityId) is { } node
                    && FlowAhead.Ahead(node, null, _ => true).Any(joins.Contains))
                .Select(one => new FollowingStep(one.StepName, one.People)),
        ];
    }

    private static bool WaitsForAll(CompiledNode node) =>
        node.Type == "Elsa.FlowJoin" && Text(node.Json["mode"]?["expression"]?["value"]) is "WaitAll" or "WaitAllActive";

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

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
