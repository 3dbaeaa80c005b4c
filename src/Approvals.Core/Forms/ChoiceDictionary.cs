using System.Text.Json;

namespace Approvals.Core.Forms;

/// <summary>A dictionary of choices (字典), read from <c>workflows/dictionaries/&lt;name&gt;.json</c>.</summary>
/// <param name="Title">Chinese name of the dictionary.</param>
/// <param name="Items">Its items in the order they are offered.</param>
public sealed record ChoiceDictionary(string Title, IReadOnlyList<ChoiceDictionary.Item> Items)
{
    /// <summary>One item.</summary>
    /// <param name="Code">Stable code that the data holds.</param>
    /// <param name="Name">Chinese name.</param>
    /// <param name="NameEn">English name.</param>
    public sealed record Item(string Code, string Name, string? NameEn = null);

    /// <summary>Reads a dictionary strictly.</summary>
    /// <exception cref="FormDefinitionException">It is not well formed or has a code twice.</exception>
    public static ChoiceDictionary Parse(string name, string json)
    {
        ChoiceDictionary dictionary;
        try
        {
            dictionary = JsonSerializer.Deserialize<ChoiceDictionary>(json, FormJson.Options)
                ?? throw new FormDefinitionException(name, ["内容为空"]);
        }
        catch (JsonException error)
        {
            throw new FormDefinitionException(name, [$"{error.Path}：{error.Message}"]);
        }

        var doubled = dictionary.Items.GroupBy(item => item.Code).Where(group => group.Count() > 1).ToList();
        return doubled.Count == 0
            ? dictionary
            : throw new FormDefinitionException(name, [.. doubled.Select(group => $"代码“{group.Key}”重复")]);
    }

    /// <summary>Items as choices.</summary>
    public IReadOnlyList<Choice> Choices => [.. Items.Select(item => new Choice(item.Code, item.Name, item.NameEn))];
}
