using System.Text.Json.Nodes;

namespace Approvals.Core.Forms;

/// <summary>Form values for somebody who may read a case but has no part in it: 身份证号码、电话、邮箱 are masked (脱敏).</summary>
public static class MaskedFields
{
    private const string Hidden = "***";

    /// <summary>A copy with sensitive values masked. The name stays: the case is listed under it.</summary>
    public static JsonObject Of(FormDefinition form, JsonObject data)
    {
        var masked = data.DeepClone().AsObject();
        foreach (var field in form.Fields)
        {
            if (IsMasked(field))
            {
                Mask(masked, field);
            }
            else if (field.Call?.Arguments.Any(key => form.Find(key) is { } source && IsMasked(source)) == true)
            {
                // 出生日期 is computed from the identity number: beside the masked number it would give its middle back. That there is
                // one may be seen: a form that says nothing was filled in would be wrong.
                if (masked[field.Key] is not null)
                    masked[field.Key] = Hidden;
            }

            foreach (var row in (masked[field.Key] as JsonArray ?? []).OfType<JsonObject>())
            {
                field.Columns.Where(IsMasked).ToList().ForEach(column => Mask(row, column));
            }
        }

        return masked;
    }

    private static bool IsMasked(FormField field) => field.Sensitive is not (Sensitivity.None or Sensitivity.Name);

    private static void Mask(JsonObject values, FormField field)
    {
        if (FieldValues.Text(values[field.Key]) is { } text)
        {
            values[field.Key] = Masking.Apply(field.Sensitive, text);
        }
    }
}
