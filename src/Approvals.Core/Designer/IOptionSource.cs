using Approvals.Workflows;

namespace Approvals.Core.Designer;

/// <summary>What a pick list is asked for.</summary>
/// <param name="Process">The process being edited; null when the designer does not say which.</param>
public sealed record OptionRequest(DesignedProcess? Process);

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
