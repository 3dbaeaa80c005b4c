using System.Text.Json.Nodes;

namespace Approvals.Core.Tests.Cases;

/// <summary>Writes a small process into a workflows folder: a flowchart, one form, nothing else.</summary>
internal sealed class TestProcess(string key)
{
    private readonly JsonArray _activities = [];
    private readonly JsonArray _connections = [];

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

    public void Write(string workflows)
    {
        var folder = Directory.CreateDirectory(Path.Combine(workflows, key)).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "forms"));
        var definition = new JsonObject
        {
            ["id"] = key,
            ["definitionId"] = key,
            ["name"] = "测试流程",
            ["version"] = 1,
            ["customProperties"] = new JsonObject
            {
                ["approvals"] = new JsonObject
                {
                    ["isStartable"] = true,
                    ["caseNumberPrefix"] = "CS",
                    ["ownerSection"] = "rescue",
                    ["startForm"] = "application",
                    ["startActivity"] = "apply",
                },
            },
            ["root"] = new JsonObject
            {
                ["id"] = "Flowchart1",
                ["nodeId"] = $"{key}:Flowchart1",
                ["type"] = "Elsa.Flowchart",
                ["version"] = 1,
                ["activities"] = _activities.DeepClone(),
                ["connections"] = _connections.DeepClone(),
            },
        };
        File.WriteAllText(Path.Combine(folder, "workflow.json"), definition.ToJsonString());
        File.WriteAllText(Path.Combine(folder, "forms", "application.json"), Form);
    }

    private const string Form = """
        {
          "title": "测试申请表",
          "fields": [
            { "key": "name", "type": "text", "label": "姓名", "required": true },
            { "key": "reason", "type": "text", "label": "理由", "required": true },
            { "key": "remark", "type": "text", "label": "审核备注" }
          ],
          "rights": {
            "apply": { "*": "edit", "remark": "hidden" },
            "head": { "*": "read", "remark": "edit" },
            "*": { "*": "read" }
          }
        }
        """;

    private static JsonObject Wrap(object? value) => new()
    {
        ["typeName"] = null,
        ["expression"] = value is string[] list
            ? new JsonObject
            {
                ["type"] = "Object",
                ["value"] = new JsonArray([.. list.Select(one => (JsonNode)one)]).ToJsonString(),
            }
            : new JsonObject { ["type"] = "Literal", ["value"] = value?.ToString() },
    };
}
