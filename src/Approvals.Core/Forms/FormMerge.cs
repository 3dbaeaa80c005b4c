using System.Text.Json;
using System.Text.Json.Nodes;

namespace Approvals.Core.Forms;

/// <summary>Brings submitted values into case data. The only way in: field rights are enforced here and nowhere else.</summary>
public static class FormMerge
{
    /// <summary>
    /// The stored data with the submitted values of the fields the step may edit. What the step may not edit, and what the form
    /// does not know, is left out of account; a key that was not submitted stays as it is; null empties it. Names of picked
    /// values are written beside them, fields whose condition is not met are emptied, computed fields are computed again. Years and ages
    /// are stated where what they are counted from may be edited; later steps leave them as stated and judged, whatever the day.
    /// </summary>
    public static JsonObject Apply(FormDefinition form, JsonObject stored, JsonObject submitted, FormContext context)
    {
        var data = stored.DeepClone().AsObject();
        foreach (var field in FormRights.For(form, context.RightsKey).Editable.Where(field => !field.IsFile))
        {
            if (submitted.TryGetPropertyValue(field.Key, out var value))
            {
                Write(data, field, field.Key, field.Type == FieldType.Rows ? RowsOf(field, value, context) : Copy(field, value),
                    context);
            }
        }

        foreach (var field in form.Fields.Where(field => !FormContext.IsShown(field, data)))
        {
            Write(data, field, field.Key, null, context);
        }

        var rights = FormRights.For(form, context.RightsKey);
        foreach (var field in form.Fields.Where(field => field.Call is { } call
            && (!call.ChangesByDay || data[field.Key] is null || IsStatedHere(form, rights, call, form.Fields.Count))))
        {
            Set(data, field.Key, field.Call!.Evaluate(data, context.Today));
        }

        return data;
    }

    /// <summary>Whether the step may edit a field that the value is computed from, also by way of other computed fields.</summary>
    private static bool IsStatedHere(FormDefinition form, FormRights rights, ComputeCall call, int depth) => depth > 0
        && call.Arguments.Any(key => rights.MayEdit(key) || (form.Find(key)?.Call is { } inner && IsStatedHere(form, rights, inner, depth - 1)));

    /// <summary>Submitted keys that the form does not know or the step may not edit, for an API to refuse them by name.</summary>
    public static IReadOnlyList<string> NotEditable(FormDefinition form, JsonObject submitted, string rightsKey)
    {
        var editable = FormRights.For(form, rightsKey).Editable.Where(field => !field.IsFile).Select(field => field.Key).ToHashSet();
        return [.. submitted.Select(pair => pair.Key).Where(key => !editable.Contains(key))];
    }

    /// <summary>The part of the data that the people of a step may read.</summary>
    public static JsonObject Visible(FormDefinition form, JsonObject data, string rightsKey)
    {
        var visible = new JsonObject();
        foreach (var field in FormRights.For(form, rightsKey).Visible)
        {
            foreach (var key in field.IsPicked ? [field.Key, field.NameKey] : new[] { field.Key })
            {
                Set(visible, key, data[key]?.DeepClone());
            }
        }

        return visible;
    }

    private static JsonArray? RowsOf(FormField rows, JsonNode? value, FormContext context)
    {
        if (value is not JsonArray submitted)
        {
            return null;
        }

        var taken = new JsonArray();
        foreach (var given in submitted.OfType<JsonObject>())
        {
            var row = new JsonObject();
            foreach (var column in rows.Columns)
            {
                Write(row, column, $"{rows.Key}.{column.Key}", Copy(column, given[column.Key]), context);
            }

            taken.Add(row);
        }

        return taken;
    }

    /// <summary>Strings are read as if typed, so that page and API normalise alike; other values are checked by the validator.</summary>
    private static JsonNode? Copy(FormField field, JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String
            ? FieldText.Read(field, value.GetValue<string>())
            : value?.DeepClone();

    private static void Write(JsonObject target, FormField field, string choicesPath, JsonNode? value, FormContext context)
    {
        Set(target, field.Key, value);
        if (field.IsPicked)
        {
            var picked = FieldValues.Text(value);
            Set(target, field.NameKey, context.ChoicesOf(choicesPath).FirstOrDefault(choice => choice.Value == picked)?.Name);
        }
    }

    private static void Set(JsonObject target, string key, JsonNode? value)
    {
        target.Remove(key);
        if (value is not null)
        {
            target.Add(key, value);
        }
    }
}
