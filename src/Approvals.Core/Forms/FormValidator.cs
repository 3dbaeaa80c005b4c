using System.Text.Json.Nodes;

namespace Approvals.Core.Forms;

/// <summary>Checks the fields a step may edit. Pure: the same definition, data and context always give the same errors.</summary>
public static class FormValidator
{
    /// <summary>Everything to mend before the step can submit, in the order of the paper; empty when nothing is.</summary>
    public static IReadOnlyList<FieldError> Validate(FormDefinition form, JsonObject data, FormContext context) =>
    [
        .. FormRights.For(form, context.RightsKey).Editable
            .Where(field => FormContext.IsShown(field, data))
            .SelectMany(field => ErrorsOf(field, data, context)),
    ];

    /// <summary>What is still missing (还缺什么): required fields that are empty.</summary>
    public static IReadOnlyList<FieldError> MissingFields(FormDefinition form, JsonObject data, FormContext context) =>
        [.. Validate(form, data, context).Where(error => error.IsMissing)];

    /// <summary>What may be submitted without, but will be found missing by the check against the regulation (建议补充).</summary>
    public static IReadOnlyList<FieldError> Advice(FormDefinition form, JsonObject data, FormContext context) =>
    [
        .. FormRights.For(form, context.RightsKey).Editable
            .Where(field => field.Advised && FormContext.IsShown(field, data) && IsEmpty(field, data, context))
            .Select(field => new FieldError(field.Key, field.Label, $"建议提供“{field.Label}”，缺少时核查结果为不符合", IsMissing: true)),
    ];

    private static bool IsEmpty(FormField field, JsonObject data, FormContext context) =>
        field.IsFile ? context.FilesOf(field.Key) == 0
        : field.Type == FieldType.Rows ? !FieldValues.Rows(data[field.Key]).Any()
        : FieldValues.Text(data[field.Key]) is null;

    private static IEnumerable<FieldError> ErrorsOf(FormField field, JsonObject data, FormContext context)
    {
        var isRequired = field.Required || field.RequiredAt.Contains(context.RightsKey);
        if (field.IsFile)
        {
            return FileErrors(field, context.FilesOf(field.Key), isRequired);
        }

        if (field.Type == FieldType.Rows)
        {
            return RowsErrors(field, data[field.Key], isRequired, context);
        }

        var place = new FieldPlace(field.Key, field.Label, field.Key, data);
        return FieldChecks.ErrorOf(field, data[field.Key], isRequired, place, context) is { } error ? [error] : [];
    }

    private static IEnumerable<FieldError> FileErrors(FormField field, int count, bool isRequired)
    {
        var least = Math.Max((int)(field.Min ?? 0), isRequired ? 1 : 0);
        var most = field.Max ?? (field.Type == FieldType.Attachments ? 10 : 1);
        if (count < least)
        {
            var what = field.Type switch { FieldType.Photo => "照片", FieldType.Signature => "签名", _ => "附件" };
            yield return new FieldError(field.Key, field.Label,
                least == 1 ? $"请上传“{field.Label}”" : $"“{field.Label}”至少需要 {least} 个{what}，现有 {count} 个", IsMissing: true);
        }
        else if (count > most)
        {
            yield return new FieldError(field.Key, field.Label, $"“{field.Label}”最多 {most:0} 个文件，现有 {count} 个，请移除多余的");
        }
    }

    private static IEnumerable<FieldError> RowsErrors(FormField field, JsonNode? value, bool isRequired, FormContext context)
    {
        var rows = value as JsonArray ?? [];
        var least = Math.Max((int)(field.Min ?? 0), isRequired ? 1 : 0);
        if (rows.Count < least)
        {
            yield return new FieldError(field.Key, field.Label, $"“{field.Label}”至少填写 {least} 行", IsMissing: true);
        }

        var most = field.Max ?? FormInput.MostRows;
        if (rows.Count > most)
        {
            yield return new FieldError(field.Key, field.Label, $"“{field.Label}”最多 {most:0} 行，现有 {rows.Count} 行");
            yield break;
        }

        for (var index = 0; index < rows.Count; index++)
        {
            if (rows[index] is not JsonObject row)
            {
                yield return new FieldError($"{field.Key}[{index}]", field.Label, $"第 {index + 1} 行格式不正确");
                continue;
            }

            foreach (var column in field.Columns)
            {
                var place = new FieldPlace($"{field.Key}[{index}].{column.Key}", $"{field.Label}第 {index + 1} 行 {column.Label}",
                    $"{field.Key}.{column.Key}", row);
                var required = column.Required || column.RequiredAt.Contains(context.RightsKey);
                if (FieldChecks.ErrorOf(column, row[column.Key], required, place, context) is { } error)
                {
                    yield return error;
                }
            }
        }
    }
}
