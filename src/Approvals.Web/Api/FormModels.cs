using System.Text.Json.Serialization;
using Approvals.Core.Forms;

namespace Approvals.Web.Api;

/// <summary>A form as a step sees it: what can be read, what can be filled in, and what is asked of it.</summary>
internal sealed record ApiForm
{
    /// <summary>Key of the form.</summary>
    public required string Key { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Fields in the order of the paper; hidden ones are left out.</summary>
    public required IReadOnlyList<ApiField> Fields { get; init; }

    /// <summary>The form in the caller's language.</summary>
    public static ApiForm Of(LoadedForm loaded, bool english)
    {
        var rights = FormRights.For(loaded.Form, loaded.Context.RightsKey);
        return new ApiForm
        {
            Key = loaded.Form.Key,
            Title = english ? loaded.Form.TitleEn ?? loaded.Form.Title : loaded.Form.Title,
            Fields = [.. rights.Visible.Select(field => ApiField.Of(field, field.Key, rights[field], loaded.Context, english))],
        };
    }
}

/// <summary>A field of a form, or a column of its rows.</summary>
internal sealed record ApiField
{
    /// <summary>Key in <c>fields</c>.</summary>
    public required string Key { get; init; }

    /// <summary>What it holds.</summary>
    public required FieldType Type { get; init; }

    /// <summary>Caption.</summary>
    public required string Label { get; init; }

    /// <summary>One sentence of help.</summary>
    public string? Help { get; init; }

    /// <summary><c>edit</c> or <c>read</c>.</summary>
    public required FieldRight Right { get; init; }

    /// <summary>Whether it must be given at this step.</summary>
    public bool Required { get; init; }

    /// <summary>Known shape of a text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TextFormat Format { get; init; }

    /// <summary>Least number, or count of rows or files.</summary>
    public decimal? Min { get; init; }

    /// <summary>Greatest number, or count of rows or files.</summary>
    public decimal? Max { get; init; }

    /// <summary>Greatest length in characters.</summary>
    public int? MaxLength { get; init; }

    /// <summary>What can be picked; the value is sent.</summary>
    public IReadOnlyList<ApiChoice>? Choices { get; init; }

    /// <summary>Shown and taken only when the other field has one of these values.</summary>
    public FieldCondition? VisibleWhen { get; init; }

    /// <summary>Columns of repeating rows.</summary>
    public IReadOnlyList<ApiField>? Columns { get; init; }

    internal static ApiField Of(FormField field, string path, FieldRight right, FormContext context, bool english) => new()
    {
        Key = field.Key,
        Type = field.Type,
        Label = field.LabelIn(english),
        Help = field.HelpIn(english),
        Right = right,
        Required = field.Required || field.MustBeTrue || field.RequiredAt.Contains(context.RightsKey),
        Format = field.Format,
        Min = field.Min,
        Max = field.Max,
        MaxLength = field.MaxLength,
        Choices = field.IsPicked
            ? [.. context.ChoicesOf(path).Select(one => new ApiChoice(one.Value, english ? one.NameEn ?? one.Name : one.Name))]
            : null,
        VisibleWhen = field.VisibleWhen,
        Columns = field.Type == FieldType.Rows
            ? [.. field.Columns.Select(column => Of(column, $"{field.Key}.{column.Key}", right, context, english))]
            : null,
    };
}

/// <summary>Something that can be picked.</summary>
/// <param name="Value">What is sent.</param>
/// <param name="Name">What people read.</param>
internal sealed record ApiChoice(string Value, string Name);
