using System.Text.Json;
using Approvals.Core.Calendar;
using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Regulations;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Insurance;

/// <summary>
/// 保险到期提醒 — tells the insurance officers and the commander before cover ends (T§20). Silent when the commander is no longer in
/// term by any entry in the register, or a later policy, of whichever entry, follows without a gap.
/// </summary>
public sealed class RemindOfExpiry(
    ApprovalsDbContext db, InsuredPeople insured, RegulationParameters parameters, TimerService timers, Notifier notifier, TimeProvider time)
    : ITimerHandler
{
    /// <summary>Kind of its timers.</summary>
    public const string TimerKind = "insurance-expiry";

    /// <summary>What its timers carry.</summary>
    /// <param name="PolicyId">Whose end.</param>
    /// <param name="Days">Days before the last day.</param>
    public sealed record Payload(Guid PolicyId, int Days);

    /// <inheritdoc />
    public string Kind => TimerKind;

    /// <summary>Schedules the reminders of a policy by the parameter in force; those whose day has passed are left out.</summary>
    public async Task ScheduleAsync(InsurancePolicy policy, CancellationToken cancellationToken)
    {
        var days = (await parameters.ValueAsync(ParameterKeys.InsuranceReminderDays, time.Today(), cancellationToken)).WholeList;
        foreach (var (before, at) in TermReminders.Plan(policy.ValidUntil, days, time.GetUtcNow()))
        {
            timers.Schedule($"insurance-expiry:{policy.Id}:{before}", TimerKind, new Payload(policy.Id, before), at);
        }
    }

    /// <inheritdoc />
    public async Task FireAsync(TimerRow row, CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.Deserialize<Payload>(row.Payload, JsonSerializerOptions.Web)!;
        var policy = await db.InsurancePolicies.AsNoTracking().SingleAsync(one => one.Id == payload.PolicyId, cancellationToken);
        var people = await insured.OfAsync([policy.CommanderId], cancellationToken);
        var entries = people[policy.CommanderId].Select(entry => entry.Id).ToList();
        var commander = people[policy.CommanderId].LastOrDefault(entry => entry.Status == CommanderStatus.Appointed);
        var next = policy.ValidUntil.AddDays(1);
        var isFollowed = await db.InsurancePolicies.AnyAsync(
            one => entries.Contains(one.CommanderId) && one.ValidFrom <= next && one.ValidUntil >= next, cancellationToken);
        if (commander is null || isFollowed)
        {
            return;
        }

        var officers = await db.RoleAssignments.Where(one => one.Role == Roles.InsuranceOfficer).Select(one => one.PersonId)
            .Distinct().ToListAsync(cancellationToken);
        foreach (var one in officers)
        {
            notifier.Tell(
                one, $"{commander.Name}的意外伤害保险将于 {policy.ValidUntil:yyyy-MM-dd} 到期，请及时续保", $"/commanders/{commander.Id}", "意外伤害保险到期提醒");
        }

        if (commander.PersonId is { } self)
        {
            notifier.Tell(
                self, $"您的意外伤害保险将于 {policy.ValidUntil:yyyy-MM-dd} 到期；无有效保险的不予现场任命", "/missions", "意外伤害保险到期提醒");
        }
    }
}
