using System.Text.Json;
using System.Text.Json.Serialization;

namespace Approvals.Core.Forms;

/// <summary>
/// A form as data (表单定义), read from <c>workflows/&lt;process&gt;/forms/&lt;key&gt;.json</c>. The same definition draws the page, checks the
/// input of page and API, lays out the paper form and says what each step may do with each field.
/// </summary>
public sealed record FormDefinition
{
    /// <summary>File name without extension, e.g. <c>application</c>.</summary>
    [JsonIgnore]
    public string Key { get; init; } = "";

    /// <summary>Title as printed.</summary>
    public required string Title { get; init; }

    /// <summary>English title.</summary>
    public string? TitleEn { get; init; }

    /// <summary>Headings in the order of the page.</summary>
    public IReadOnlyList<FormSection> Sections { get; init; } = [];

    /// <summary>Fields in the order of the paper.</summary>
    public required IReadOnlyList<FormField> Fields { get; init; }

    /// <summary>The paper form; null when the form is only ever shown as a list of fields.</summary>
    public FormGrid? Grid { get; init; }

    /// <summary>Step (rights key, <c>*</c> for any other) → field key (<c>*</c> for any other) → right.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, FieldRight>> Rights { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, FieldRight>>();

    /// <summary>The field with the key; null when there is none.</summary>
    public FormField? Find(string key) => Fields.FirstOrDefault(field => field.Key == key);

    /// <summary>Reads a definition strictly: an unknown property, type or name is refused, never ignored.</summary>
    /// <param name="key">Key of the form, from its file name.</param>
    /// <param name="json">Content of the file.</param>
    /// <exception cref="FormDefinitionException">It is not well formed; the message lists every problem in Chinese.</exception>
    public static FormDefinition Parse(string key, string json)
    {
        FormDefinition form;
        try
        {
            Approvals.Workflows.StrictJson.Check(System.Text.Encoding.UTF8.GetBytes(json), 64);
            if (FormJson.NullIn(json) is { } empty)
                throw new FormDefinitionException(key, [$"{empty}：不能为 null"]);
            form = JsonSerializer.Deserialize<FormDefinition>(json, FormJson.Options)
                ?? throw new FormDefinitionException(key, ["内容为空"]);
        }
        catch (JsonException error)
        {
            var message = error.InnerException is FormatException inner ? inner.Message : error.Message;
            throw new FormDefinitionException(key, [$"{error.Path}：{message}"]);
        }

        var problems = FormDefinitionChecks.ProblemsOf(form).ToList();
        if (problems.Count > 0)
        {
            throw new FormDefinitionException(key, problems);
        }

        return form with { Key = key, Fields = [.. form.Fields.Select(WithCall)] };
    }

    private static FormField WithCall(FormField field) =>
        field.Compute is null ? field : field with { Call = ComputeCall.Parse(field.Compute) };
}

/// <summary>A form file cannot be used.</summary>
/// <param name="formKey">Which form.</param>
/// <param name="problems">What is wrong, in Chinese, each with where.</param>
public sealed class FormDefinitionException(string formKey, IReadOnlyList<string> problems)
    : Exception($"表单 {formKey} 有误：{string.Join("；", problems)}")
{
    /// <summary>What is wrong.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
