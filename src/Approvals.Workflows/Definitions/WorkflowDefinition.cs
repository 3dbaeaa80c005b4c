using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>
/// A workflow definition as Elsa Studio 3.8 saves it. The JSON is kept whole, so that nothing unknown is lost; the
/// properties here are views of it. Read-only: the document must not be changed after parsing.
/// </summary>
public sealed class WorkflowDefinition
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 128, AllowDuplicateProperties = false,
    };

    private readonly JsonObject _json;

    private WorkflowDefinition(JsonObject json)
    {
        _json = json;
        DefinitionId = JsonRead.Text(json, "definitionId", "$") ?? "";
        Id = JsonRead.Text(json, "id", "$") ?? "";
        Version = JsonRead.Number(json, "version", "$") ?? 1;
        Name = JsonRead.Text(json, "name", "$") ?? DefinitionId;
        Description = JsonRead.Text(json, "description", "$");
        Variables = VariableDefinition.ReadAll(json, "variables");
        Inputs = ArgumentDefinition.ReadAll(json, "inputs");
        Outputs = ArgumentDefinition.ReadAll(json, "outputs");
        Outcomes = ReadOutcomes(json);
        Options = WorkflowOptions.Read(JsonRead.Object(json, "options", "$"));
        Root = JsonRead.Object(json, "root", "$") ?? throw new DefinitionFormatException("root", "缺少流程图。");
    }

    /// <summary>What all versions of the workflow share; empty in a draft that was never saved.</summary>
    public string DefinitionId { get; }

    /// <summary>The id of this version.</summary>
    public string Id { get; }

    /// <summary>The version number, from 1.</summary>
    public int Version { get; }

    /// <summary>The name people read; the definition id when none is given.</summary>
    public string Name { get; }

    /// <summary>What it is for, or null.</summary>
    public string? Description { get; }

    /// <summary>The workflow's own variables.</summary>
    public IReadOnlyList<VariableDefinition> Variables { get; }

    /// <summary>The named values a start may bring.</summary>
    public IReadOnlyList<ArgumentDefinition> Inputs { get; }

    /// <summary>The named values the workflow may set.</summary>
    public IReadOnlyList<ArgumentDefinition> Outputs { get; }

    /// <summary>The outcomes it may end with when used as an activity.</summary>
    public IReadOnlyList<string> Outcomes { get; }

    /// <summary>Settings of the workflow.</summary>
    public WorkflowOptions Options { get; }

    /// <summary>The root activity's JSON.</summary>
    public JsonObject Root { get; }

    /// <summary>
    /// Reads the exported shape or the body of a save request (<c>{"model":{…}}</c>).
    /// Throws <see cref="DefinitionFormatException"/> with the place when it is neither.
    /// </summary>
    public static WorkflowDefinition Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        JsonNode? node;
        try
        {
            StrictJson.Check(Encoding.UTF8.GetBytes(json), Lenient.MaxDepth);
            node = JsonNode.Parse(json, documentOptions: Lenient);
        }
        catch (JsonException e)
        {
            throw new DefinitionFormatException(e.Path ?? "$", $"不是有效的 JSON（第 {e.LineNumber + 1} 行）。", e);
        }

        return FromJson(node as JsonObject ?? throw new DefinitionFormatException("$", "应为对象。"));
    }

    /// <summary>As <see cref="Parse"/>, from JSON already read. The object belongs to the definition afterwards.</summary>
    public static WorkflowDefinition FromJson(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            if (json["root"] is null && json["model"] is JsonObject model)
                json = (JsonObject)model.DeepClone();
            return new WorkflowDefinition(json);
        }
        catch (ArgumentException e)
        {
            // A JsonObject finds a doubled property name only when it is first read.
            throw new DefinitionFormatException("$", "同一对象中属性名重复。", e);
        }
    }

    /// <summary>A copy of the whole document, with every property it came with.</summary>
    public JsonObject ToJson() => (JsonObject)_json.DeepClone();

    /// <summary>The document as text, Chinese unescaped.</summary>
    public string ToJsonString(bool indented = false) => _json.ToJsonString(indented ? JsonText.Indented : JsonText.Compact);

    private static string[] ReadOutcomes(JsonObject json)
    {
        if (json["outcomes"] is null)
            return [];
        if (json["outcomes"] is not JsonArray array)
            throw new DefinitionFormatException("outcomes", "应为数组。");
        return [.. array.OfType<JsonValue>().Where(v => v.GetValueKind() == JsonValueKind.String).Select(v =>
            v.GetValue<string>())];
    }
}
