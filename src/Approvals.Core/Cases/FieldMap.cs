using System.Text.Json.Nodes;
using Approvals.Workflows;

namespace Approvals.Core.Cases;

/// <summary>Lines of the form <c>target=source</c> by which a step hands data of its case to another process.</summary>
public static class FieldMap
{
    /// <summary>Target name → copy of the source field's value; a field that is not filled in gives null.</summary>
    /// <exception cref="ActivityFaultException">A line is written otherwise; becomes the incident's message.</exception>
    public static Dictionary<string, object?> Take(JsonObject data, IEnumerable<string> lines) => lines
        .Where(line => !string.IsNullOrWhiteSpace(line))
        .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } target, { Length: > 0 } source]
            ? (Target: target, Source: source)
            : throw new ActivityFaultException($"“{line}”应写成“新名称=本业务件字段”。", "bad-mapping"))
        .GroupBy(pair => pair.Target, StringComparer.Ordinal)
        .ToDictionary(pair => pair.Key, pair => Values.FromJsonScalar(data[pair.Last().Source]?.DeepClone()), StringComparer.Ordinal);
}
