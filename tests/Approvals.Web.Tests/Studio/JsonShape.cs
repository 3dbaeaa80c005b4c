using System.Text.Json;
using System.Text.Json.Nodes;

namespace Approvals.Web.Tests.Studio;

/// <summary>Compares the shape of an answer with a recorded one: every property the recording has must be there and be of the same kind.</summary>
internal static class JsonShape
{
    /// <summary>Differences, each with its path.</summary>
    /// <param name="recorded">What a stock Elsa answered.</param>
    /// <param name="ours">What we answer.</param>
    /// <param name="without">Names of properties that we leave out on purpose.</param>
    public static IReadOnlyList<string> Differences(JsonNode? recorded, JsonNode? ours, params string[] without)
    {
        var found = new List<string>();
        Compare(recorded, ours, "$", without, found);
        return found;
    }

    private static void Compare(JsonNode? recorded, JsonNode? ours, string path, string[] without, List<string> found)
    {
        switch (recorded)
        {
            case null:
                return;
            case JsonObject wanted when ours is JsonObject has:
                foreach (var (name, value) in wanted.Where(pair => !without.Contains(pair.Key)))
                {
                    if (!has.ContainsKey(name))
                        found.Add($"{path}.{name} is missing");
                    else
                        Compare(value, has[name], $"{path}.{name}", without, found);
                }

                return;
            case JsonArray wanted when ours is JsonArray has:
                if (wanted.Count > 0 && has.Count == 0)
                    found.Add($"{path} is empty");
                else if (wanted.Count > 0)
                    Compare(wanted[0], has[0], $"{path}[0]", without, found);
                return;
            default:
                if (Kind(recorded) != Kind(ours))
                    found.Add($"{path}: {Kind(recorded)} recorded, {Kind(ours)} here");
                return;
        }
    }

    private static string Kind(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        null => "null",
        var kind => kind.ToString()!,
    };
}
