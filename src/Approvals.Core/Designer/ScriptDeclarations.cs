using System.Text;
using Approvals.Core.Cases;
using Approvals.Core.Forms;
using Approvals.Workflows;

namespace Approvals.Core.Designer;

/// <summary>Describes to the code editor what a script of a process sees: its case's form fields, variables, inputs and functions.</summary>
public sealed class ScriptDeclarations(ProcessForms forms)
{
    /// <summary>TypeScript declarations with comments in the language; without a process only what every script sees.</summary>
    public async Task<string> OfAsync(DesignedProcess? process, DesignerWords words, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        Data(text, await forms.OfAsync(process, cancellationToken), words);
        foreach (var (name, type, description) in CaseValues.Others)
            text.Append($"/** {words.Say(description)} */\ndeclare const {name}: {type};\n");
        if (process is not null)
        {
            var definition = WorkflowDefinition.FromJson(process.Json.DeepClone().AsObject());
            Named(text, words, "variables", "流程变量", [.. definition.Variables.Select(one => (one.Name, TypeOf(one.TypeName, one.IsArray), one.Name))], writable: true);
            Named(text, words, "inputs", "流程输入", [.. definition.Inputs.Select(one => (one.Name, TypeOf(one.TypeName, one.IsArray), one.DisplayName ?? one.Name))], writable: false);
        }

        foreach (var function in ScriptFunction.All)
            text.Append($"/** {words.Say(function.Description)} */\ndeclare function {function.Name}({function.Parameters}): {function.Returns};\n");
        return text.ToString();
    }

    private static void Data(StringBuilder text, IReadOnlyList<FormDefinition> forms, DesignerWords words)
    {
        text.Append($"/** {words.Say("业务件的表单数据，每个字段一项")} */\ndeclare const data: {{\n");
        foreach (var field in forms.SelectMany(form => form.Fields).DistinctBy(field => field.Key))
            Field(text, field, "  ", words);
        text.Append("  [field: string]: any;\n};\n");
    }

    private static void Field(StringBuilder text, FormField field, string indent, DesignerWords words)
    {
        if (field.IsFile)
            return;
        text.Append($"{indent}/** {words.Say(Note(field, Comment(field.Label)))} */\n{indent}{Property(field.Key)}?: ");
        if (field.Type == FieldType.Rows)
        {
            text.Append("{\n");
            foreach (var column in field.Columns)
                Field(text, column, indent + "  ", words);
            text.Append(indent).Append("}[];\n");
            return;
        }

        text.Append(field.Type switch { FieldType.Number => "number", FieldType.Boolean => "boolean", FieldType.Computed => "any", _ => "string" })
            .Append(";\n");
        if (field.IsPicked)
            text.Append($"{indent}/** {words.Say($"{Comment(field.Label)}的名称")} */\n{indent}{Property(field.NameKey)}?: string;\n");
    }

    private static string Note(FormField field, string label) => field.Type switch
    {
        FieldType.Money => $"{label}，金额文本；可直接比较大小，加减请用 Number()",
        FieldType.Date => $"{label}，日期，如 2026-11-23",
        FieldType.Choice => $"{label}，代码",
        _ => label,
    };

    private static void Named(
        StringBuilder text,
        DesignerWords words,
        string collection,
        string what,
        (string Name, string Type, string Description)[] values,
        bool writable)
    {
        text.Append($"/** {words.Say(what)} */\ndeclare const {collection}: {{\n");
        foreach (var (name, type, description) in values)
            text.Append($"  /** {words.Say(Comment(description))} */\n  {Property(name)}: {type};\n");
        text.Append("};\n");
        foreach (var (name, type, description) in values.Where(value => IsIdentifier(value.Name)))
        {
            var pascal = char.ToUpperInvariant(name[0]) + name[1..];
            text.Append($"/** {words.Say($"取{what}“{Comment(description)}”")} */\ndeclare function get{pascal}(): {type};\n");
            if (writable)
                text.Append($"/** {words.Say($"设{what}“{Comment(description)}”")} */\ndeclare function set{pascal}(value: {type}): void;\n");
        }
    }

    private static string TypeOf(string? typeName, bool isArray)
    {
        var type = typeName switch
        {
            "String" or "Guid" or "TimeSpan" or "DateOnly" or "Date" => "string",
            "Boolean" => "boolean",
            "Int16" or "Int32" or "Int64" or "Long" or "Single" or "Double" or "Decimal" => "number",
            "DateTime" or "DateTimeOffset" => "Date",
            _ => "any",
        };
        return isArray ? type + "[]" : type;
    }

    private static string Property(string name) => IsIdentifier(name) ? name : System.Text.Json.JsonSerializer.Serialize(name, DesignerJson.Options);

    private static bool IsIdentifier(string name) =>
        name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(letter => char.IsLetterOrDigit(letter) || letter == '_');

    private static string Comment(string text) => text.Replace("*/", "", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
