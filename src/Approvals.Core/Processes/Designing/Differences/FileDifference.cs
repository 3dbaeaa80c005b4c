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
                yield return Change(ChangeKind.Added, $"新增{Kind(path)}“{Title(now!) ?? Path.GetFileName(path)}”（{path}）");
            else if (now is null)
                yield return Change(ChangeKind.Removed, $"删除{Kind(path)}“{Title(old) ?? Path.GetFileName(path)}”（{path}）");
            else if (old != now)
                yield return Change(ChangeKind.Changed, Changed(path, Title(now) ?? Path.GetFileName(path), Fields(path, old, now)));
        }
    }

    private static string Changed(string path, string title, string fields) => fields.Length == 0
        ? $"{Kind(path)}“{title}”（{path}）有修改"
        : $"{Kind(path)}“{title}”（{path}）有修改：{fields}";

    private static string Kind(string path) =>
        path.Split('/')[0] switch { "forms" => "表单", "documents" => "文书模板", "dictionaries" => "字典", _ => "文件" };

    private static string? Title(string content)
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("title", out var title)
                && title.ValueKind == JsonValueKind.String && title.GetString()!.ReplaceLineEndings("") is { Length: > 0 } words ? words : null;
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
            List(names => $"新增字段：{names}", now.Values.Where(field => !old.ContainsKey(field.Key))),
            List(names => $"删除字段：{names}", old.Values.Where(field => !now.ContainsKey(field.Key))),
            List(names => $"修改字段：{names}", now.Values.Where(field => old.TryGetValue(field.Key, out var earlier) && !Same(earlier, field))),
        }.Where(part => part.Length > 0);
        return string.Join("；", parts);
    }

    private static string List(Func<string, string> sentence, IEnumerable<FormField> fields) =>
        string.Join("、", fields.Select(field => field.Label)) is { Length: > 0 } names ? sentence(names) : "";

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
