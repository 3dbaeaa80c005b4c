namespace Approvals.Core.Missions;

/// <summary>What keeps a commander in term from being sent, as conditions of queries.</summary>
internal static class WhoCanBeSent
{
    /// <summary>Absences that hold on the day.</summary>
    public static IQueryable<CommanderAbsence> AwayOn(this IQueryable<CommanderAbsence> absences, DateOnly day) =>
        absences.Where(row => row.CancelledAt == null && row.From <= day && (row.Until == null || row.Until >= day));
}
