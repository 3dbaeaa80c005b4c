namespace Approvals.Core.Missions;

/// <summary>What may happen to a mission when. Pure.</summary>
public static class MissionRules
{
    /// <summary>Statuses in which the commander is bound: asked, appointed or on the scene.</summary>
    public static readonly MissionStatus[] Binding = [MissionStatus.Proposed, MissionStatus.Appointed, MissionStatus.Active];

    /// <summary>Statuses of missions that were accepted: only they have days.</summary>
    public static readonly MissionStatus[] Served = [MissionStatus.Active, MissionStatus.Ended, MissionStatus.Evaluated];

    /// <summary>Whether the commander is bound by it.</summary>
    public static bool IsBinding(MissionStatus status) => Binding.Contains(status);

    /// <summary>Whether an appointment can still be revoked (撤销任命): it is not answered yet. Later it is terminated, T§19.</summary>
    public static bool CanRevoke(MissionStatus status) => status is MissionStatus.Proposed or MissionStatus.Appointed;

    /// <summary>Days of a mission up to a day, first and last included; empty when it was never accepted.</summary>
    public static IEnumerable<DateOnly> DaysOf(Mission mission, DateOnly upTo)
    {
        if (mission.FirstDay is not { } first)
        {
            yield break;
        }

        var last = mission.LastDay is { } end && end < upTo ? end : upTo;
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            yield return day;
        }
    }
}
