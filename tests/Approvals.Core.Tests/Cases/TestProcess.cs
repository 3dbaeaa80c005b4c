using System.Text.Json.Nodes;

namespace Approvals.Core.Tests.Cases;

/// <summary>An input that is a script.</summary>
internal sealed record Script(string Text);

/// <summary>Writes a small process into a workflows folder: a flowchart, one form, nothing else.</summary>
internal sealed class TestProcess(string key)
{
    private readonly JsonArray _activities = [];
    private readonly JsonArray _connections = [];
    private readonly List<string> _outcomes = [];
    private readonly List<string> _inputs = [];
    private bool _isSubProcess;

    /// <summary>Of its case numbers, which must differ between processes.</summary>
    public string Prefix { get; init; } = "CS";

    public string Name { get; init; } = "测试流程";

    /// <summary>Whether others may use it as an activity, of which its name is the type.</summary>
    public bool IsActivity { get; init; }

    /// <summary>Fields of its form beside those every one has, in JSON, each with a comma before it.</summary>
    public string MoreFields { get; init; } = "";

    public TestProcess Add(string id, string type, string title, object? inputs = null)
    {
        var activity = new JsonObject
        {
            ["id"] = id,
            ["nodeId"] = $"{key}:Flowchart1:{id}",
            ["name"] = id,
            ["type"] = type,
            ["version"] = 1,
            ["metadata"] = new JsonObject { ["displayText"] = title },
        };
        foreach (var property in inputs?.GetType().GetProperties() ?? [])
            activity[property.Name] = Wrap(property.GetValue(inputs));
        _activities.Add(activity);
        return this;
    }

    public TestProcess Connect(string from, string to, string port = "Done")
    {
        _connections.Add(new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = from, ["port"] = port },
            ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
        });
        return this;
    }

    /// <summary>Makes it a process that runs on another's case, with these results and inputs.</summary>
    public TestProcess OnAnothersCase(string[] outcomes, params string[] inputs)
    {
        _isSubProcess = true;
        _outcomes.AddRange(outcomes);
        _inputs.AddRange(inputs);
        return this;
    }

    /// <summary>Puts the flowchart of <paramref name="body"/> into an activity, e.g. as what a loop does each time.</summary>
    public TestProcess Inside(string id, string port, TestProcess body)
    {
        _activities.OfType<JsonObject>().Single(one => (string?)one["id"] == id)[port] = body.Root($"Flowchart-{port}-{id}");
        return this;
    }

    public void Write(string workflows)
    {
        var folder = Directory.CreateDirectory(Path.Combine(workflows, key)).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "forms"));
        var definition = new JsonObject
        {
            ["id"] = key,
            ["definitionId"] = key,
            ["name"] = Name,
            ["version"] = 1,
            ["customProperties"] = new JsonObject
            {
                ["approvals"] = _isSubProcess ? new JsonObject { ["isStartable"] = false } : new JsonObject
                {
                    ["isStartable"] = true,
                    ["caseNumberPrefix"] = Prefix,
                    ["ownerSection"] = "rescue",
                    ["startForm"] = "application",
                    ["startActivity"] = _activities.Any(one => one!["id"]!.GetValue<string>() == "apply") ? "apply" : null,
                },
            },
            ["outcomes"] = new JsonArray([.. _outcomes.Select(one => JsonValue.Create(one))]),
            ["inputs"] = new JsonArray([.. _inputs.Select(one => new JsonObject { ["name"] = one, ["type"] = "String" })]),
            ["options"] = new JsonObject { ["usableAsActivity"] = IsActivity },
            ["root"] = Root("Flowchart1"),
        };
        File.WriteAllText(Path.Combine(folder, "workflow.json"), definition.ToJsonString());
        File.WriteAllText(Path.Combine(folder, "forms", "application.json"), Form.Replace("/*more*/", MoreFields, StringComparison.Ordinal));
    }

    private JsonObject Root(string id) => new()
    {
        ["id"] = id,
        ["nodeId"] = $"{key}:{id}",
        ["type"] = "Elsa.Flowchart",
        ["version"] = 1,
        ["activities"] = _activities.DeepClone(),
        ["connections"] = _connections.DeepClone(),
    };

    private const string Form = """
        {
          "title": "测试申请表",
          "fields": [
            { "key": "name", "type": "text", "label": "姓名", "required": true },
            { "key": "reason", "type": "text", "label": "理由", "required": true },
            { "key": "remark", "type": "text", "label": "审核备注" },
            { "key": "papers", "type": "attachments", "label": "审核材料" }/*more*/
          ],
          "rights": {
            "apply": { "*": "edit", "remark": "hidden", "papers": "hidden" },
            "head": { "*": "read", "remark": "edit", "papers": "edit" },
            "*": { "*": "read" }
          }
        }
        """;

    private static JsonObject Wrap(object? value) => new()
    {
        ["typeName"] = null,
        ["expression"] = value is Script script ? new JsonObject { ["type"] = "JavaScript", ["value"] = script.Text }
            : value is string[] list
            ? new JsonObject
            {
                ["type"] = "Object",
                ["value"] = new JsonArray([.. list.Select(one => (JsonNode)one)]).ToJsonString(),
            }
            : new JsonObject { ["type"] = "Literal", ["value"] = value?.ToString() },
    };
}
