using System.Globalization;
using System.Text.Json.Nodes;
using Approvals.Core.Forms;

namespace Approvals.Web.Forms;

/// <summary>An opinion box of the paper form, filled in.</summary>
/// <param name="Name">Name line as signed, e.g. 王强 代 李丽.</param>
/// <param name="Outcome">What was decided, e.g. 同意.</param>
/// <param name="Opinion">Opinion; null when none was written.</param>
/// <param name="At">When.</param>
/// <param name="SignatureAddress">Address of the signature picture; null when there is none.</param>
public sealed record FormOpinion(string Name, string Outcome, string? Opinion, DateTimeOffset At, string? SignatureAddress = null);

/// <summary>A form to be drawn: <c>_FormEdit</c> as labelled inputs, <c>_FormPaper</c> as the paper form.</summary>
/// <param name="Loaded">Definition, context and files.</param>
/// <param name="Data">Values, as stored or as typed.</param>
public sealed record FormView(LoadedForm Loaded, JsonObject Data)
{
    /// <summary>What is to be mended; shown as a list by <c>_FormErrors</c> and beside each field.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Rights key → opinions given at that step, for the opinion boxes of the paper form.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<FormOpinion>> Opinions { get; init; } =
        new Dictionary<string, IReadOnlyList<FormOpinion>>();

    /// <summary>False to draw the paper form without inputs, whatever the step may edit.</summary>
    public bool IsEditable { get; init; } = true;

    /// <summary>Address of a file of the form.</summary>
    public Func<FieldFile, string> FileAddress { get; init; } = file => $"/attachments/{file.Id}";

    /// <summary>Whether captions are shown in English.</summary>
    public bool English { get; } = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>Definition.</summary>
    public FormDefinition Form => Loaded.Form;

    /// <summary>Rights of the step.</summary>
    public FormRights Rights { get; } = FormRights.For(Loaded.Form, Loaded.Context.RightsKey);

    /// <summary>Whether the field is drawn at all.</summary>
    public bool IsShown(FormField field) => Rights[field] != FieldRight.Hidden && FormContext.IsShown(field, Data);

    /// <summary>Whether the field is drawn as an input.</summary>
    public bool IsInput(FormField field) => IsEditable && Rights[field] == FieldRight.Edit;

    /// <summary>Whether the system fills it in: no step of the form may edit it, so what it holds are words of ours.</summary>
    public bool IsOurs(FormField field) => Form.Rights.Keys.All(step => FormRights.For(Form, step)[field] != FieldRight.Edit);

    /// <summary>Whether the step must give it.</summary>
    public bool IsRequired(FormField field) =>
        field.Required || field.MustBeTrue || field.RequiredAt.Contains(Loaded.Context.RightsKey);

    /// <summary>Files of a field.</summary>
    public IReadOnlyList<FieldFile> FilesOf(FormField field) => [.. Loaded.Files.Where(file => file.FieldKey == field.Key)];

    /// <summary>Whether there is something to read in a field; a section that is others' to fill in, and still empty, asks nothing of the reader.</summary>
    public bool HasValue(FormField field) => field.IsFile
        ? FilesOf(field).Count > 0
        : field.Type == FieldType.Rows ? FieldValues.Rows(Data[field.Key]).Any() : FieldDisplay.Text(field, Data, English).Length > 0;

    /// <summary>What is to be mended at a path.</summary>
    public FieldError? ErrorAt(string path) => Errors.FirstOrDefault(error => error.Path == path);

    /// <summary>All that is to be mended at a path: of several files more than one may be refused.</summary>
    public IEnumerable<FieldError> ErrorsAt(string path) => Errors.Where(error => error.Path == path);

    /// <summary>A field of the form as a part to draw.</summary>
    public FieldView FieldOf(FormField field) => new(this, field, field.Key, field.Key, Data);

    /// <summary>Fields without a section first, then section by section.</summary>
    public IEnumerable<(FormSection? Section, IReadOnlyList<FormField> Fields)> Groups()
    {
        foreach (var section in Form.Sections.Prepend(null))
        {
            var fields = Form.Fields.Where(field => field.Section == section?.Key && IsShown(field)).ToList();
            if (fields.Count > 0)
            {
                yield return (section, fields);
            }
        }
    }
}

/// <summary>One field, or one column of a row, to be drawn.</summary>
/// <param name="View">The form.</param>
/// <param name="Field">Definition of the field or column.</param>
/// <param name="Path">Path of the value, e.g. <c>commandHistory[1].from</c>.</param>
/// <param name="ChoicesPath">Path of its choices, e.g. <c>commandHistory.from</c>.</param>
/// <param name="Container">The data, or the row.</param>
/// <param name="HidesLabel">True where a caption stands beside it already.</param>
public sealed record FieldView(
    FormView View, FormField Field, string Path, string ChoicesPath, JsonObject Container, bool HidesLabel = false)
{
    /// <summary>Element id of the input.</summary>
    public string Id => FormInput.Id(Path);

    /// <summary>Name of the input.</summary>
    public string Name => FormInput.Name(Path);

    /// <summary>What was typed or stored, as text.</summary>
    public string Text => FieldValues.Text(Container[Field.Key]) ?? "";

    /// <summary>What is to be mended.</summary>
    public FieldError? Error => View.ErrorAt(Path);

    /// <summary>Ids of help and error for aria-describedby; null when there are none.</summary>
    public string? DescribedBy => (Field.Help, Error) switch
    {
        (null, null) => null,
        (_, null) => Id + "-help",
        (null, _) => Id + "-error",
        _ => $"{Id}-help {Id}-error",
    };

    /// <summary>A row's column.</summary>
    public FieldView ColumnOf(FormField column, int index, JsonObject row) =>
        new(View, column, $"{Path}[{index}].{column.Key}", $"{Path}.{column.Key}", row);
}
