using System.Text.Json.Nodes;
using Approvals.Core.Audit;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Processes;
using Approvals.Core.Webhooks;

namespace Approvals.Core.Cases;

/// <summary>A case that is not started by an application: another case or an act on a page opens it.</summary>
/// <param name="Process">Process key.</param>
/// <param name="SubjectName">What it is about — person or team first.</param>
/// <param name="StarterId">Who opens it.</param>
/// <param name="ApplicantId">Whom it is for.</param>
/// <param name="Data">Form data.</param>
public sealed record OpenCaseRequest(string Process, string SubjectName, Guid StarterId, Guid ApplicantId, JsonObject Data)
{
    /// <summary>Id of the case; null for a new one.</summary>
    public Guid? Id { get; init; }

    /// <summary>The applicant's unit.</summary>
    public Guid? UnitId { get; init; }

    /// <summary>Owning section when the process names none.</summary>
    public Guid? OwnerSectionId { get; init; }

    /// <summary>Id of the case it follows from, for the audit; null for none.</summary>
    public Guid? SourceCaseId { get; init; }
}

/// <summary>发起业务件 — makes a running case with its number and starts its process, within the caller's unit of work.</summary>
public sealed class OpenCase(
    ApprovalsDbContext db, DefinitionCatalogue catalogue, StartCase sections, Numbering numbering, WorkflowHost host, AuditTrail audit,
    Announcer announcer, TimeProvider clock)
{
    /// <summary>Makes the case; what its first steps read is added by the caller before <see cref="RunAsync"/>.</summary>
    /// <returns>The case; null when the process has no published version.</returns>
    /// <exception cref="Workflows.WorkflowNotStartableException">The published definition has problems; the message names them.</exception>
    public async Task<Case?> MakeAsync(OpenCaseRequest request, CancellationToken cancellationToken)
    {
        var definition = await catalogue.FindPublishedAsync(request.Process, cancellationToken);
        if (definition is null)
        {
            return null;
        }

        // Before there is a row or a number: a case whose process cannot start would stand there for ever, and its number would be used up.
        definition.Workflow.ThrowIfNotStartable();
        var now = clock.GetUtcNow();
        var opened = new Case
        {
            Id = request.Id ?? SortableId.New(),
            ProcessKey = request.Process,
            ProcessName = definition.Row.Name,
            DefinitionVersionId = definition.Row.Id,
            SubjectName = request.SubjectName,
            StarterId = request.StarterId,
            ApplicantId = request.ApplicantId,
            UnitId = request.UnitId,
            OwnerSectionId = await sections.SectionAsync(definition.Settings, cancellationToken) ?? request.OwnerSectionId,
            Status = CaseStatus.Running,
            Number = await CaseNumber.NextAsync(numbering, definition, clock, cancellationToken),
            Data = request.Data.ToJsonString(),
            CreatedAt = now,
            UpdatedAt = now,
            SubmittedAt = now,
        };
        db.Cases.Add(opened);
        audit.Record(
            "case.started", "case", opened.Id.ToString(),
            new { number = opened.Number, process = request.Process, source = request.SourceCaseId });
        announcer.Announce(WebhookEvents.CaseStarted, opened.Id, opened, new { sourceCaseId = request.SourceCaseId });
        return opened;
    }

    /// <summary>Starts the process of a case that <see cref="MakeAsync"/> made: at once, or when the burst is stored that asks for it.</summary>
    /// <exception cref="Workflows.WorkflowNotStartableException">The published definition has problems; the message names them.</exception>
    public async Task RunAsync(Case opened, CancellationToken cancellationToken)
    {
        // Known before the first burst: what that burst shows of the case's position belongs to its main instance.
        opened.InstanceId = SortableId.New();
        await db.SaveChangesAsync(cancellationToken);
        await host.StartAsync(opened.ProcessKey, opened.Id, Inputs.Of(opened), cancellationToken, opened.InstanceId);
    }
}
