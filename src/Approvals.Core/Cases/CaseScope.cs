using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Cases;

/// <summary>The case an activity works on: its row, data, history and people, within the caller's unit of work.</summary>
public sealed class CaseScope
{
    private readonly ApprovalsDbContext _db;
    private readonly LateRows _late;
    private readonly TimeProvider _clock;

    private CaseScope(Case row, LoadedDefinition definition, ApprovalsDbContext db, LateRows late, TimeProvider clock)
    {
        Row = row;
        Definition = definition;
        Data = JsonNode.Parse(row.Data)!.AsObject();
        _db = db;
        _late = late;
        _clock = clock;
    }

    /// <summary>The case; tracked, changes are saved with the decision.</summary>
    public Case Row { get; }

    /// <summary>The definition version the case runs on.</summary>
    public LoadedDefinition Definition { get; }

    /// <summary>The form data as it stands; change it with <see cref="SetData"/>.</summary>
    public JsonObject Data { get; private set; }

    /// <summary>Loads the case an activity's instance works on: the one its row was started for, not what a process calls it.</summary>
    /// <exception cref="ActivityFaultException">The instance works on no case, e.g. it was started from the designer.</exception>
    public static async Task<CaseScope> LoadAsync(ActivityContext context)
    {
        // The row is tracked while its burst runs.
        var db = context.Services.GetRequiredService<ApprovalsDbContext>();
        var caseId = (await db.Instances.FindAsync([context.InstanceId], context.CancellationToken))?.CaseId;
        var scope = caseId is null
            ? null
            : await LoadAsync(context.Services, caseId.Value, context.CancellationToken);
        return scope ?? throw new ActivityFaultException("此步骤只能在业务件中运行。", "no-case");
    }

    /// <summary>Loads a case; null when there is none.</summary>
    public static async Task<CaseScope?> LoadAsync(IServiceProvider services, Guid caseId, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<ApprovalsDbContext>();
        var row = await db.Cases.FindAsync([caseId], cancellationToken);
        if (row is null)
            return null;
        var catalogue = services.GetRequiredService<DefinitionCatalogue>();
        var definition = await catalogue.GetAsync(row.DefinitionVersionId, cancellationToken);
        return new CaseScope(
            row, definition, db, services.GetRequiredService<LateRows>(), services.GetRequiredService<TimeProvider>());
    }

    /// <summary>Replaces the form data and raises its version.</summary>
    public void SetData(JsonObject data)
    {
        Data = data;
        Row.Data = data.ToJsonString();
        Row.DataVersion++;
        Row.UpdatedAt = _clock.GetUtcNow();
    }

    /// <summary>Adds a line to the case's history.</summary>
    /// <param name="kind">Machine word for the icon, see <see cref="CaseEvent.Kind"/>.</param>
    /// <param name="stepName">Step it happened at.</param>
    /// <param name="text">What happened, in words.</param>
    /// <param name="detail">Opinion, reason or details.</param>
    /// <param name="actor">Who; null for the system.</param>
    /// <param name="decisionId">Decision it belongs to.</param>
    public void AddEvent(
        string kind, string? stepName, string text, string? detail = null, Signer? actor = null, Guid? decisionId = null) =>
        _late.Add(new CaseEvent
        {
            CaseId = Row.Id,
            At = _clock.GetUtcNow(),
            Kind = kind,
            ActorId = actor?.Id,
            ActorName = actor?.Line,
            StepName = stepName,
            Text = text,
            Detail = detail,
            DecisionId = decisionId,
        });

    /// <summary>What the resolver needs to find people relative to this case.</summary>
    /// <param name="who">The specs that will be resolved; who decided earlier steps is read only when one of them asks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ParticipantContext> ParticipantsAsync(IReadOnlyList<string> who, CancellationToken cancellationToken)
    {
        var asksDeciders = who.Any(text => ParticipantSpec.TryParse(text)?.Kind == ParticipantKind.Decider);
        var deciders = asksDeciders ? await DecidersAsync(cancellationToken) : [];
        return new ParticipantContext
        {
            CaseId = Row.Id,
            ApplicantId = Row.ApplicantId,
            StarterId = Row.StarterId,
            UnitId = Row.UnitId,
            OwnerSectionId = Row.OwnerSectionId,
            Specialty = Data[Definition.Settings.SpecialtyField]?.ToString(),
            Data = Data,
            DecidersByActivity = deciders
                .GroupBy(row => row.ActivityId)
                .ToDictionary(
                    group => group.Key,
                    group => (IReadOnlyList<Guid>)[.. group.Reverse().Select(row => row.DeciderId).Distinct()]),
            Today = _clock.Today(),
        };
    }

    /// <summary>Who decided which activity, oldest first.</summary>
    private async Task<List<(string ActivityId, Guid DeciderId)>> DecidersAsync(CancellationToken cancellationToken)
    {
        var rows = await (
                from decision in _db.DecisionsOfOwnSigners()
                join step in _db.StepRuns on decision.StepRunId equals step.Id
                where decision.CaseId == Row.Id
                orderby decision.Id
                select new { step.ActivityId, decision.DeciderId })
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => (row.ActivityId, row.DeciderId));
    }
}

/// <summary>Who acts, as the history names them.</summary>
/// <param name="Id">The person who really acted.</param>
/// <param name="Line">Signature line, e.g. 王强 代 李丽.</param>
public sealed record Signer(Guid Id, string Line);
