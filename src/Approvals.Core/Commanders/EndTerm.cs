using System.Text.Json;
using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Commanders;

/// <summary>任期届满 — marks a commander whose term is over.</summary>
public sealed class EndTerm(ApprovalsDbContext db, AuditTrail audit, TimeProvider time) : ITimerHandler
{
    /// <summary>Kind of its timers.</summary>
    public const string TimerKind = "term-end";

    /// <summary>What its timers carry.</summary>
    /// <param name="CommanderId">Whose term.</param>
    public sealed record Payload(Guid CommanderId);

    /// <inheritdoc />
    public string Kind => TimerKind;

    /// <inheritdoc />
    public async Task FireAsync(TimerRow row, CancellationToken cancellationToken)
    {
        var id = JsonSerializer.Deserialize<Payload>(row.Payload, JsonSerializerOptions.Web)!.CommanderId;
        var today = Calendar.ChinaTime.Today(time);

        // Closes the races with a removal and with a renewal that moved the end: only one still in term and past its end expires.
        var ended = await db.Commanders
            .Where(one => one.Id == id && one.Status == CommanderStatus.Appointed && one.TermEnd < today)
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.Status, CommanderStatus.Expired)
                    .SetProperty(one => one.RowVersion, one => one.RowVersion + 1),
                cancellationToken);
        if (ended > 0)
        {
            audit.Record("commander.term-ended", "commander", id.ToString(), new { });
        }
    }
}
