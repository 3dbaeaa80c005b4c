using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Organisation;

namespace Approvals.Core.Missions;

/// <summary>What became of opening an event.</summary>
public abstract record OpenEventOutcome
{
    /// <summary>Opened, and the first roster offered.</summary>
    public sealed record Opened(Guid EventId) : OpenEventOutcome;

    /// <summary>Something is missing or wrong; by field.</summary>
    public sealed record Invalid(IReadOnlyDictionary<string, string> Problems) : OpenEventOutcome;

    /// <summary>Only the duty office may.</summary>
    public sealed record NotAllowed : OpenEventOutcome;
}

/// <summary>开启突发事件 — the duty office enters the event; the reference roster goes to the general commander in the same act.</summary>
public sealed class OpenEvent(
    ApprovalsDbContext db, UnitOfWork unitOfWork, Numbering numbering, OfferRoster rosters, EventChoices choices, EventJournal journal,
    CurrentPerson person, AuditTrail audit, TimeProvider time)
{
    /// <summary>Opens it.</summary>
    public async Task<OpenEventOutcome> OpenAsync(EventInput input, CancellationToken cancellationToken)
    {
        if (!person.Is(Roles.DutyOffice))
        {
            return new OpenEventOutcome.NotAllowed();
        }

        var offered = await choices.LoadAsync(cancellationToken);
        var problems = input.Problems(
            [.. offered.Specialties.Select(one => one.Value)], [.. offered.Regions.Select(one => one.Value)],
            [.. offered.Generals.Select(one => one.Id)], time.GetUtcNow());
        return problems.Count > 0
            ? new OpenEventOutcome.Invalid(problems)
            : await unitOfWork.RunAsync<OpenEventOutcome>(
                async _ => new OpenEventOutcome.Opened(await OpenInsideAsync(input, offered, cancellationToken)), cancellationToken);
    }

    private async Task<Guid> OpenInsideAsync(EventInput input, OfferedChoices offered, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var year = ChinaTime.DateOf(now).Year;
        var number = await numbering.NextAsync($"event:{year}", cancellationToken);
        var general = offered.Generals.First(one => one.Id == input.GeneralCommanderId);
        var row = new EmergencyEvent
        {
            Number = $"TFSJ-{year}-{number:0000}",
            Name = input.Name!.Trim(),
            Specialty = input.Specialty!,
            SpecialtyName = offered.Specialties.First(one => one.Value == input.Specialty).Name,
            Level = input.Level!.Value,
            Region = input.Region!,
            RegionName = offered.Regions.First(one => one.Value == input.Region).Name,
            Place = input.Place!.Trim(),
            Latitude = input.Latitude,
            Longitude = input.Longitude,
            Description = string.IsNullOrWhiteSpace(input.Description) ? null : input.Description.Trim(),
            StartedAt = input.Instant,
            GeneralCommanderId = general.Id,
            GeneralCommanderName = general.Name,
            OpenedById = person.RequiredId,
            OpenedByName = person.Name,
            OpenedAt = now,
        };
        db.Events.Add(row);
        journal.Add(row.Id, $"{person.Name}开启事件，总指挥：{general.Name}");
        audit.Record("event.opened", "event", row.Id.ToString(), new
        {
            number = row.Number, level = row.Level.ToString(), row.Region, general = row.GeneralCommanderId,
        });
        await db.SaveChangesAsync(cancellationToken);
        await rosters.AddAsync(row, cancellationToken);
        return row.Id;
    }
}
