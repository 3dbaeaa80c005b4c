namespace Approvals.Core.Forms;

/// <summary>What the people of one step may do with each field of a form.</summary>
public sealed class FormRights
{
    private readonly FormDefinition form;
    private readonly IReadOnlyDictionary<string, FieldRight>? step;

    private FormRights(FormDefinition form, IReadOnlyDictionary<string, FieldRight>? step)
    {
        this.form = form;
        this.step = step;
    }

    /// <summary>
    /// Rights of a step. A step the form does not name has those of <c>*</c>; a field neither names may be read. Nothing can be
    /// edited that is computed.
    /// </summary>
    public static FormRights For(FormDefinition form, string rightsKey) =>
        new(form, form.Rights.GetValueOrDefault(rightsKey) ?? form.Rights.GetValueOrDefault("*"));

    /// <summary>The right to a field.</summary>
    public FieldRight this[FormField field]
    {
        get
        {
            var right = step is null ? FieldRight.Read
                : step.TryGetValue(field.Key, out var named) ? named
                : step.GetValueOrDefault("*", FieldRight.Read);
            return right == FieldRight.Edit && field.Type == FieldType.Computed ? FieldRight.Read : right;
        }
    }

    /// <summary>Fields this step may edit.</summary>
    public IEnumerable<FormField> Editable => form.Fields.Where(candidate => this[candidate] == FieldRight.Edit);

    /// <summary>Fields this step sees.</summary>
    public IEnumerable<FormField> Visible => form.Fields.Where(candidate => this[candidate] != FieldRight.Hidden);

    /// <summary>Whether the people of the step may add and take out files of the field.</summary>
    public bool MayEdit(string fieldKey) => form.Find(fieldKey) is { } field && this[field] == FieldRight.Edit;

    /// <summary>Whether the people of the step may see the field and its files.</summary>
    public bool MayRead(string fieldKey) => form.Find(fieldKey) is { } field && this[field] != FieldRight.Hidden;
}
