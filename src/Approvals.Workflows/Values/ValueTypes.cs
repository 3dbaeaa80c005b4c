using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>Elsa's short type names and the .NET types behind them.</summary>
public static class ValueTypes
{
    private static readonly Dictionary<string, Type> ByName = new(StringComparer.Ordinal)
    {
        ["String"] = typeof(string), ["Boolean"] = typeof(bool), ["Int16"] = typeof(int), ["Int32"] = typeof(int),
        ["Int64"] = typeof(long), ["Single"] = typeof(double), ["Double"] = typeof(double), ["Decimal"] = typeof(decimal),
        ["Guid"] = typeof(Guid), ["DateTime"] = typeof(DateTimeOffset), ["DateTimeOffset"] = typeof(DateTimeOffset),
        ["DateOnly"] = typeof(DateOnly), ["Date"] = typeof(DateOnly), ["TimeSpan"] = typeof(TimeSpan),
        ["Long"] = typeof(long), ["ObjectDictionary"] = typeof(JsonObject), ["StringDictionary"] = typeof(JsonObject),
        ["Json"] = typeof(JsonNode), ["JSON"] = typeof(JsonNode), ["JsonNode"] = typeof(JsonNode),
        ["JsonObject"] = typeof(JsonObject), ["JsonArray"] = typeof(JsonArray),
    };

    /// <summary>The .NET type of a short name, or null when values of it are kept as they come.</summary>
    public static Type? Find(string? typeName, bool isArray) =>
        isArray ? typeof(JsonArray) : typeName is not null && ByName.TryGetValue(typeName, out var type) ? type : null;

    /// <summary>The short name Studio shows for a .NET type.</summary>
    public static string NameOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(JsonObject) || typeof(IReadOnlyDictionary<string, object?>).IsAssignableFrom(type))
            return "ObjectDictionary";
        if (type == typeof(object) || typeof(JsonNode).IsAssignableFrom(type))
            return "Object";
        if (type.IsArray)
            return $"ICollection<{NameOf(type.GetElementType()!)}>";
        return type.IsGenericType ? $"ICollection<{NameOf(type.GetGenericArguments()[^1])}>" : type.Name;
    }
}
