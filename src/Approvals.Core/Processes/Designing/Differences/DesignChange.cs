using System.Text.Json.Nodes;
using Approvals.Workflows;

namespace Approvals.Core.Processes.Designing.Differences;

/// <summary>What happened to a part of a process between two versions.</summary>
public enum ChangeKind
{
    /// <summary>新增.</summary>
    Added,

    /// <summary>修改.</summary>
    Changed,

    /// <summary>删除.</summary>
    Removed,
}

/// <summary>Which part of a process a change is about.</summary>
public enum ChangeArea
{
    /// <summary>环节.</summary>
    Steps,

    /// <summary>连线.</summary>
    Connections,

    /// <summary>流程设置.</summary>
    Settings,

    /// <summary>表单和文书.</summary>
    Files,

    /// <summary>图形位置, which no case notices.</summary>
    Layout,
}

/// <summary>One difference between two versions.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Area">To which part.</param>
/// <param name="ActivityId">The activity, for the diagram; null when it is about none.</param>
/// <param name="Text">In Chinese.</param>
public sealed record DesignChange(ChangeKind Kind, ChangeArea Area, string? ActivityId, string Text);

/// <summary>A version as it is compared.</summary>
/// <param name="Model">The flat model, activities as they are.</param>
/// <param name="Files">Path → content of its files.</param>
public sealed record ComparedVersion(JsonObject Model, IReadOnlyDictionary<string, string> Files);

/// <summary>Says in words what changed between two versions of a process (版本比较). Pure.</summary>
public static class DesignDifference
{
    /// <summary>Every difference, steps first; empty when a case would notice none and nothing has moved.</summary>
    /// <param name="before">The earlier version.</param>
    /// <param name="after">The later one.</param>
    /// <param name="describe">The descriptor of an activity type, which has the captions of its inputs; null when it is unknown.</param>
    public static IReadOnlyList<DesignChange> Between(
        ComparedVersion before, ComparedVersion after, Func<string, ActivityDescriptor?> describe) =>
    [
        .. StepDifference.Find(before.Model, after.Model, describe),
        .. ConnectionDifference.Find(before.Model, after.Model),
        .. SettingDifference.Find(before.Model, after.Model),
        .. FileDifference.Find(before.Files, after.Files),
        .. StepDifference.Moved(before.Model, after.Model),
    ];

    internal static IReadOnlyList<ActivityPlace> Places(JsonObject model) =>
        model["root"] is JsonObject root ? [.. ActivityTree.Walk(root)] : [];

    internal static string NameOf(JsonObject activity) => UnknownActivities.NameOf(activity);

    internal static string? Text(JsonNode? node) => node is JsonValue value ? value.ToString() : null;
}
