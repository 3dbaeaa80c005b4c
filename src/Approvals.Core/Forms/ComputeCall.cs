using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Approvals.Core.Forms;

/// <summary>A computed field's expression: one named function over fields of the form, e.g. <c>commandYears(commandHistory)</c>.</summary>
/// <param name="Function">One of <see cref="FormFunctions.All"/>.</param>
/// <param name="Arguments">Field keys.</param>
public sealed partial record ComputeCall(string Function, IReadOnlyList<string> Arguments)
{
    /// <summary>Parses an expression that <see cref="ProblemsOf"/> found nothing wrong with.</summary>
    /// <exception cref="FormatException">It is not <c>function(field, field)</c>.</exception>
    public static ComputeCall Parse(string text)
    {
        var match = Shape().Match(text);
        return match.Success
            ? new ComputeCall(match.Groups[1].Value, match.Groups[2].Value.Split(',', StringSplitOptions.TrimEntries))
            : throw new FormatException($"“{text}”不是“函数(字段)”");
    }

    /// <summary>What is wrong with an expression, in Chinese; empty when it can be used.</summary>
    public static IEnumerable<string> ProblemsOf(string text, IReadOnlySet<string> fieldKeys)
    {
        if (!Shape().IsMatch(text))
        {
            yield return $"“{text}”应写作“函数(字段)”";
            yield break;
        }

        var call = Parse(text);
        if (!FormFunctions.All.TryGetValue(call.Function, out var function))
        {
            yield return $"用了未知的函数“{call.Function}”，可用：{string.Join("、", FormFunctions.All.Keys)}";
        }
        else if (call.Arguments.Count != function.ArgumentCount)
        {
            yield return $"的函数“{call.Function}”应有 {function.ArgumentCount} 个参数";
        }

        foreach (var argument in call.Arguments.Where(argument => !fieldKeys.Contains(argument)))
        {
            yield return $"引用了不存在的字段“{argument}”";
        }
    }

    /// <summary>Whether the value is another on another day.</summary>
    public bool ChangesByDay => FormFunctions.All[Function].ChangesByDay;

    /// <summary>The value for the data; null when the fields it needs are empty or wrong.</summary>
    public JsonNode? Evaluate(JsonObject data, DateOnly today) =>
        FormFunctions.All[Function].Apply([.. Arguments.Select(argument => data[argument])], today);

    [GeneratedRegex(@"^\s*([a-z][A-Za-z0-9]*)\s*\(\s*([a-z][A-Za-z0-9]*(?:\s*,\s*[a-z][A-Za-z0-9]*)*)\s*\)\s*$")]
    private static partial Regex Shape();
}
