using System.Text.Json.Nodes;

namespace Approvals.Core.Processes.Designing.Differences;

/// <summary>Connections that were drawn or taken away; those of steps that came or went along with them.</summary>
internal static class ConnectionDifference
{
    public static IEnumerable<DesignChange> Find(JsonObject before, JsonObject after)
    {
        var (old, now) = (Lines(before), Lines(after));
        var names = Names(before);
        foreach (var (id, name) in Names(after))
            names[id] = name;
        foreach (var line in now.Except(old))
            yield return new DesignChange(ChangeKind.Added, ChangeArea.Connections, null, $"新增连线：{Words(line, names)}");
        foreach (var line in old.Except(now))
            yield return new DesignChange(ChangeKind.Removed, ChangeArea.Connections, null, $"删除连线：{Words(line, names)}");
    }

    /// <summary>Connections of all flowcharts: source, port, target.</summary>
    public static IReadOnlyList<(string From, string Port, string To)> Lines(JsonObject model) =>
    [
        .. DesignDifference.Places(model).SelectMany(place => (place.Json["connections"] as JsonArray ?? []).OfType<JsonObject>())
            .Select(line => (
                DesignDifference.Text(line["source"]?["activity"]) ?? "",
                DesignDifference.Text(line["source"]?["port"]) ?? "Done",
                DesignDifference.Text(line["target"]?["activity"]) ?? ""))
            .Distinct(),
    ];

    private static string Words((string From, string Port, string To) line, Dictionary<string, string> names)
    {
        var port = line.Port == "Done" ? "" : $"（{line.Port}）";
        return $"“{names.GetValueOrDefault(line.From, line.From)}”{port}→“{names.GetValueOrDefault(line.To, line.To)}”";
    }

    private static Dictionary<string, string> Names(JsonObject model) => DesignDifference.Places(model)
        .GroupBy(place => place.Id, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => DesignDifference.NameOf(group.First().Json), StringComparer.Ordinal);
}
