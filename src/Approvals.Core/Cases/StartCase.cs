using System.Text.Json.Nodes;
using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Cases;

/// <summary>起草 — makes a draft of a process's application; nobody but its starter sees it.</summary>
public sealed class StartCase(
    ApprovalsDbContext db, UnitOfWork unitOfWork, DefinitionCatalogue catalogue, CurrentPerson person, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The processes people may start, by name.</summary>
    public Task<List<StartableProcess>> ListAsync(CancellationToken cancellationToken) =>
        db.Definitions.AsNoTracking()
            .Where(row => row.IsPublished && row.IsStartable)
            .OrderBy(row => row.Name)
            .Select(row => new StartableProcess(row.DefinitionId, row.Name, row.Description))
            .ToListAsync(cancellationToken);

    /// <summary>Makes the draft, with what the system already knows of the person filled in.</summary>
    /// <returns>The draft's id; null when the process is unknown or cannot be started by people.</returns>
    public async Task<Guid?> DraftAsync(string processKey, CancellationToken cancellationToken)
    {
        var definition = await catalogue.FindPublishedAsync(processKey, cancellationToken);
        if (definition is null || !definition.Row.IsStartable)
            return null;

        return await unitOfWork.RunAsync(
            async _ =>
            {
                var me = await db.People.SingleAsync(one => one.Id == person.RequiredId, cancellationToken);
                var unit = await UnitOfAsync(me.Id, cancellationToken);
                var now = clock.GetUtcNow();
                var draft = new Case
                {
                    ProcessKey = processKey,
                    ProcessName = definition.Row.Name,
                    DefinitionVersionId = definition.Row.Id,
                    SubjectName = me.Name,
                    StarterId = me.Id,
                    ApplicantId = me.Id,
                    UnitId = unit?.Id,
                    OwnerSectionId = await SectionAsync(definition.Settings, cancellationToken),
                    Status = CaseStatus.Draft,
                    Data = Known(me, unit).ToJsonString(),
                    CreatedAt = now,
                    UpdatedAt = now,
                };
                db.Cases.Add(draft);
                audit.Record("case.drafted", "case", draft.Id.ToString(), new { process = processKey, definition = definition.Row.Hash });
                return draft.Id;
            },
            cancellationToken);
    }

    /// <summary>The section that owns the cases of a process; null when the settings name none that exists.</summary>
    public async Task<Guid?> SectionAsync(ProcessSettings settings, CancellationToken cancellationToken) =>
        settings.OwnerSection is null
            ? null
            : await db.OrgUnits.Where(unit => unit.Code == settings.OwnerSection && unit.ClosedOn == null)
                .Select(unit => (Guid?)unit.Id)
                .FirstOrDefaultAsync(cancellationToken);

    private async Task<OrgUnit?> UnitOfAsync(Guid personId, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        return await (
                from post in db.Positions.HeldOn(today)
                join unit in db.OrgUnits on post.OrgUnitId equals unit.Id
                where post.PersonId == personId
                orderby post.From, post.Id
                select unit)
            .AsNoTracking()
            .FirstOrDefaultAsync(cancellationToken);
    }

    private static JsonObject Known(Person me, OrgUnit? unit)
    {
        var data = new JsonObject { ["name"] = me.Name };
        if (me.Phone is not null)
            data["phone"] = me.Phone;
        if (me.Email is not null)
            data["email"] = me.Email;
        if (unit is not null)
        {
            data["unit"] = unit.Id.ToString();
            data["unitName"] = unit.Name;
        }
        return data;
    }
}

/// <summary>A process on the start page.</summary>
/// <param name="Key">Process key.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="Description">What it is for.</param>
public sealed record StartableProcess(string Key, string Name, string? Description);
