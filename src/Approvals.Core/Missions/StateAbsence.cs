using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Missions;

/// <summary>What became of stating an absence.</summary>
public abstract record AbsenceOutcome
{
    /// <summary>Stored.</summary>
    public sealed record Stored : AbsenceOutcome;

    /// <summary>It was taken back already; nothing was changed.</summary>
    public sealed record AlreadyBack : AbsenceOutcome;

    /// <summary>Something is missing or wrong; by field.</summary>
    public sealed record Invalid(IReadOnlyDictionary<string, string> Problems) : AbsenceOutcome;

    /// <summary>Neither the commander nor a register keeper; or there is no such absence.</summary>
    public sealed record NotAllowed : AbsenceOutcome;
}

/// <summary>在位情况 — a commander, or the register keeper, says when the commander cannot come, and takes it back.</summary>
public sealed class StateAbsence(
    ApprovalsDbContext db, UnitOfWork unitOfWork, CurrentPerson person, AuditTrail audit, TimeProvider time)
{
    /// <summary>States an absence.</summary>
    public async Task<AbsenceOutcome> StateAsync(
        Guid commanderId, DateOnly? from, DateOnly? until, string? reason, CancellationToken cancellationToken)
    {
        if (!await MayAsync(commanderId, cancellationToken))
        {
            return new AbsenceOutcome.NotAllowed();
        }

        var problems = new Dictionary<string, string>();
        if (from is null)
        {
            problems["From"] = "请填写开始日期";
        }
        else if (until < from)
        {
            problems["Until"] = "结束日期不能早于开始日期";
        }
        else if (until < time.Today())
        {
            problems["Until"] = "结束日期已经过去，不影响名册";
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > 200)
        {
            problems["Reason"] = "请填写原因（不超过 200 字）";
        }

        if (problems.Count > 0)
        {
            return new AbsenceOutcome.Invalid(problems);
        }

        return await unitOfWork.RunAsync<AbsenceOutcome>(
            _ =>
            {
                var absence = new CommanderAbsence
                {
                    CommanderId = commanderId, From = from!.Value, Until = until, Reason = reason!.Trim(), SetById = person.RequiredId,
                    SetByName = person.Name, SetAt = time.GetUtcNow(),
                };
                db.CommanderAbsences.Add(absence);
                audit.Record("commander.absent", "commander", commanderId.ToString(), new { absence = absence.Id, absence.From, absence.Until });
                return Task.FromResult<AbsenceOutcome>(new AbsenceOutcome.Stored());
            },
            cancellationToken);
    }

    /// <summary>Takes an absence back: the commander can come again.</summary>
    public async Task<AbsenceOutcome> CancelAsync(Guid absenceId, CancellationToken cancellationToken)
    {
        var commander = await db.CommanderAbsences.Where(row => row.Id == absenceId).Select(row => (Guid?)row.CommanderId)
            .FirstOrDefaultAsync(cancellationToken);
        if (commander is not { } id || !await MayAsync(id, cancellationToken))
        {
            return new AbsenceOutcome.NotAllowed();
        }

        return await unitOfWork.RunAsync<AbsenceOutcome>(
            async scope =>
            {
                // Race closed: the commander and the register keeper take it back at once, or somebody presses twice. One of them does; the
                // other finds it taken back, and nothing is recorded a second time.
                var now = time.GetUtcNow();
                var back = await db.CommanderAbsences.Where(row => row.Id == absenceId && row.CancelledAt == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.CancelledAt, now), cancellationToken);
                if (back == 0)
                {
                    scope.Abort();
                    return new AbsenceOutcome.AlreadyBack();
                }

                audit.Record("commander.back", "commander", id.ToString(), new { absence = absenceId });
                return new AbsenceOutcome.Stored();
            },
            cancellationToken);
    }

    private async Task<bool> MayAsync(Guid commanderId, CancellationToken cancellationToken) =>
        person.Id is { } me && (person.Is(Roles.RegisterKeeper)
            ? await db.Commanders.AnyAsync(row => row.Id == commanderId, cancellationToken)
            : await db.Commanders.AnyAsync(row => row.Id == commanderId && row.PersonId == me, cancellationToken));
}
