using System.Text.Json;
using Approvals.Core.Forms;

namespace Approvals.Core.Processes.Designing.Differences;

/// <summary>Forms, dictionaries and document texts that belong to the one version and not, or otherwise, to the other.</summary>
internal static class FileDifference
{
    public static IEnumerable<DesignChange> Find(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        foreach (var path in before.Keys.Concat(after.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (old, now) = (before.GetValueOrDefault(path), after.GetValueOrDefault(path));
            if (old is null)
                yield return Change(ChangeKind.Added, $"新增{Name(path, now!)}");
            else if (now is null)
                yield return Change(ChangeKind.Removed, $"删除{Name(path, old)}");
            else if (old != now)
                yield return Change(ChangeKind.Changed, $"{Name(path, now)}有修改{Fields(path, old, now)}");
        }
    }

    private static string Name(string path, string content)
    {
        var kind = path.Split('/')[0] switch { "forms" => "表单", "documents" => "文书模板", "dictionaries" => "字典", _ => "文件" };
        return Title(content) is { Length: > 0 } title ? $"{kind}“{title}”（{path}）" : $"{kind} {path}";
    }

    private static string? Title(string content)
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("title", out var title)
                && title.ValueKind == JsonValueKind.String ? title.GetString()!.ReplaceLineEndings("") : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Of a form, which fields.</summary>
    private static string Fields(string path, string before, string after)
    {
        if (!path.StartsWith("forms/", StringComparison.Ordinal) || Read(before) is not { } old || Read(after) is not { } now)
            return "";
        var parts = new[]
        {
            List("新增字段", now.Values.Where(field => !old.ContainsKey(field.Key))),
            List("删除字段", old.Values.Where(field => !now.ContainsKey(field.Key))),
            List("修改字段", now.Values.Where(field => old.TryGetValue(field.Key, out var earlier) && !Same(earlier, field))),
        }.Where(part => part.Length > 0).ToList();
        return parts.Count == 0 ? "" : "：" + string.Join("；", parts);
    }

    private static string List(string what, IEnumerable<FormField> fields) =>
        string.Join("、", fields.Select(field => field.Label)) is { Length: > 0 } names ? what + names : "";

    private static bool Same(FormField one, FormField other) => JsonSerializer.Serialize(one) == JsonSerializer.Serialize(other);

    private static Dictionary<string, FormField>? Read(string content)
    {
        try
        {
            return FormDefinition.Parse("form", content).Fields.ToDictionary(field => field.Key, StringComparer.Ordinal);
        }
        catch (FormDefinitionException)
        {
            return null;
        }
    }

    private static DesignChange Change(ChangeKind kind, string text) => new(kind, ChangeArea.Files, null, text);
}
