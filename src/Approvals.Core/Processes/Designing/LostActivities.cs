using System.Text.Json.Nodes;

namespace Approvals.Core.Processes.Designing;

/// <summary>
/// Tells a save that would drop activities nobody meant to drop. Studio's canvas stays empty when it meets a type it has no description
/// of, for instance while a newer version of this product is being rolled out, and its next save posts that emptiness.
/// </summary>
public static class LostActivities
{
    /// <summary>Why the save must not be taken, in Chinese; empty when it may.</summary>
    /// <param name="before">Root of the version that was edited.</param>
    /// <param name="after">Root that was posted, originals restored.</param>
    /// <param name="isKnown">Whether this installation has the activity's type.</param>
    public static IReadOnlyList<string> Between(JsonObject before, JsonObject after, Func<ActivityPlace, bool> isKnown)
    {
        var remaining = ActivityTree.Walk(after).GroupBy(place => place.Id).ToDictionary(group => group.Key, group => group.First().Json);
        var reasons = new List<string>();
        foreach (var place in ActivityTree.Walk(before))
        {
            if (IsEmptied(place, remaining))
            {
                reasons.Add(place.Parent is null
                    ? "提交的流程图是空的，而原流程图中有活动，未保存。设计器可能未能显示全部活动，请刷新页面后再改；确需清空的，请至少保留一个活动。"
                    : $"“{UnknownActivities.NameOf(place.Json)}”中的活动全部丢失，未保存。请刷新页面后再改；确需清空的，请删除该活动本身。");
            }
            else if (place.Parent is not null && !isKnown(place) && !remaining.ContainsKey(place.Id) && isKnown(place.Parent))
            {
                var name = UnknownActivities.NameOf(place.Json);
                reasons.Add($"未知活动“{name}”（类型“{place.Type}”）不在提交的流程中，未保存。确需删除的，请在“发布”页面移除未知活动。");
            }
        }

        return reasons;
    }

    private static bool IsEmptied(ActivityPlace place, Dictionary<string, JsonObject> remaining) =>
        place.Json["activities"] is JsonArray { Count: > 0 }
        && remaining.TryGetValue(place.Id, out var now)
        && now["activities"] is not JsonArray { Count: > 0 };
}
