using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>A variable as a definition declares it.</summary>
/// <param name="Id">What <c>memoryReference.id</c> refers to.</param>
/// <param name="Name">What expressions call it.</param>
/// <param name="TypeName">Elsa's short type name (<c>String</c>, <c>Decimal</c>…), or null for anything.</param>
/// <param name="IsArray">True for a list of that type.</param>
/// <param name="Default">Its first value as written, or null.</param>
public sealed record VariableDefinition(string Id, string Name, string? TypeName, bool IsArray, JsonNode? Default)
{
    internal static VariableDefinition[] ReadAll(JsonObject owner, string path)
    {
        var list = new List<VariableDefinition>();
        foreach (var (item, itemPath) in JsonRead.Objects(owner, "variables", path))
        {
            var name = JsonRead.Text(item, "name", itemPath);
            var id = JsonRead.Text(item, "id", itemPath) ?? name;
            if (id is null)
                throw new DefinitionFormatException(itemPath, "变量缺少 id 和 name。");
            list.Add(new VariableDefinition(
                id, name ?? id, JsonRead.Text(item, "typeName", itemPath), JsonRead.Flag(item, "isArray"), item["value"]));
        }

        return [.. list];
    }
}

/// <summary>A named input or output of a workflow.</summary>
/// <param name="Name">Its name, as in <c>getInput("Name")</c>.</param>
/// <param name="TypeName">Elsa's short type name, or null.</param>
/// <param name="IsArray">True for a list of that type.</param>
/// <param name="DisplayName">What people read.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Category">Grouping in the designer.</param>
/// <param name="UiHint">The editor Studio shows (inputs only).</param>
/// <param name="Default">The default value as written, or null.</param>
public sealed record ArgumentDefinition(
    string Name, string? TypeName, bool IsArray, string? DisplayName, string? Description, string? Category,
    string? UiHint, JsonNode? Default)
{
    internal static ArgumentDefinition[] ReadAll(JsonObject owner, string property)
    {
        var list = new List<ArgumentDefinition>();
        foreach (var (item, path) in JsonRead.Objects(owner, property, property))
        {
            var name = JsonRead.Text(item, "name", path) ?? throw new DefinitionFormatException(path, "缺少 name。");
            list.Add(new ArgumentDefinition(
                name, JsonRead.Text(item, "type", path), JsonRead.Flag(item, "isArray"),
                JsonRead.Text(item, "displayName", path), JsonRead.Text(item, "description", path),
                JsonRead.Text(item, "category", path), JsonRead.Text(item, "uiHint", path), item["defaultValue"]));
        }

        return [.. list];
    }
}
