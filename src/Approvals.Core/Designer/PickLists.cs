using System.Text.Json.Nodes;
using Approvals.Workflows;

namespace Approvals.Core.Designer;

/// <summary>Answers the designer when a property panel opens: the choices of one input, never without what is stored already.</summary>
public sealed class PickLists(IEnumerable<IOptionSource> sources, DesignedProcesses processes)
{
    /// <summary>The UI specifications of an input with its choices as of now.</summary>
    /// <param name="input">The input; one without a source keeps its fixed choices.</param>
    /// <param name="definitionId">The process being edited; null when it is not known.</param>
    /// <param name="inputs">All inputs of the activity as the designer has them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<JsonObject> SpecifyAsync(
        InputDescriptor input, string? definitionId, JsonObject inputs, CancellationToken cancellationToken)
    {
        var source = sources.FirstOrDefault(one => one.Name == input.OptionSource);
        if (source is null)
            return input.UiSpecifications.DeepClone().AsObject();

        var process = definitionId is null ? null : await processes.FindAsync(definitionId, cancellationToken);
        var options = (await source.ListAsync(new OptionRequest(process, inputs), cancellationToken)).ToList();

        // Studio unchecks what it does not find in the list, and the next click would store it so.
        var stored = StoredValues.Of(inputs[char.ToLowerInvariant(input.Name[0]) + input.Name[1..]]);
        var offered = options.Select(option => option.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var value in stored.Where(offered.Add))
            options.Add(new InputOption(value, await source.DescribeAsync(value, cancellationToken)));
        return OptionList.ToSpecifications(input.UiHint, options, refresh: true);
    }
}
