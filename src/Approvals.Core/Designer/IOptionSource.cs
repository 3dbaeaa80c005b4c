using System.Text.Json.Nodes;
using Approvals.Workflows;

namespace Approvals.Core.Designer;

/// <summary>What a pick list is asked for.</summary>
/// <param name="Process">The process being edited; null when the designer does not say which.</param>
/// <param name="Inputs">The activity's inputs as the designer has them now, by camel-case name.</param>
public sealed record OptionRequest(DesignedProcess? Process, JsonObject Inputs)
{
    /// <summary>The fixed text of another input; null when it is empty or an expression.</summary>
    public string? TextOf(string input) => StoredValues.Of(Inputs[input]) is [{ Length: > 0 } text] ? text : null;
}

/// <summary>A pick list of the designer (选项来源), see <see cref="OptionSources"/>. Reads only.</summary>
public interface IOptionSource
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>The choices in the order they are shown.</summary>
    Task<IReadOnlyList<InputOption>> ListAsync(OptionRequest request, CancellationToken cancellationToken);

    /// <summary>Words for a stored value that the list does not offer; by default the value itself, marked.</summary>
    Task<string> DescribeAsync(string value, CancellationToken cancellationToken) => Task.FromResult($"{value}（不在列表中）");
}
