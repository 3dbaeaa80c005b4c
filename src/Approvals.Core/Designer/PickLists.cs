using System.Text.Json.Nodes;
using Approvals.Workflows;

namespace Approvals.Core.Designer;

/// <summary>
/// Answers the designer when a property panel opens: the choices of one input, never without what is stored already. Studio keeps an
/// answer for all activities of the type until the next save and shows it in each of their panels, so an answer holds what the process
/// stores in any of them: Studio unchecks what it does not find in the list, and the next click would store it so.
/// </summary>
public sealed class PickLists(IEnumerable<IOptionSource> sources, DesignedProcesses processes)
{
    /// <summary>The UI specifications of an input with its choices as of now; first those in use, so that they are seen at once.</summary>
    /// <param name="activity">The activity type.</param>
    /// <param name="input">Its input; one without a source keeps its fixed choices.</param>
    /// <param name="definitionId">The process being edited; null when it is not known.</param>
    /// <param name="inputs">All inputs of the activity as the designer has them, saved or not.</param>
    /// <param name="words">The reader's language.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<JsonObject> SpecifyAsync(
        ActivityDescriptor activity, InputDescriptor input, string? definitionId, JsonObject inputs, DesignerWords words,
        CancellationToken cancellationToken)
    {
        var source = sources.FirstOrDefault(one => one.Name == input.OptionSource);
        if (source is null)
            return input.UiSpecifications.DeepClone().AsObject();

        var process = definitionId is null ? null : await processes.FindAsync(definitionId, cancellationToken);
        var options = await source.ListAsync(new OptionRequest(process), cancellationToken);
        var used = InUse(activity, input, process, inputs);
        var offered = options.ToDictionary(option => option.Value, StringComparer.Ordinal);
        var first = new List<InputOption>();
        foreach (var value in used)
            first.Add(offered.GetValueOrDefault(value) ?? new InputOption(value, await source.DescribeAsync(value, cancellationToken)));

        // Without “Refresh”: Studio would ask again each time it draws the panel, which it does some twenty times for one click.
        return OptionList.ToSpecifications(input.UiHint, first.Concat(options.ExceptBy(used, option => option.Value)).Select(words.Of), refresh: false);
    }

    private static List<string> InUse(ActivityDescriptor activity, InputDescriptor input, DesignedProcess? process, JsonObject inputs)
    {
        var name = char.ToLowerInvariant(input.Name[0]) + input.Name[1..];
        var saved = (process?.Activities() ?? []).Where(one => DesignedProcess.Text(one["type"]) == activity.TypeName)
            .SelectMany(one => StoredValues.Of(one[name]));
        return [.. StoredValues.Of(inputs[name]).Concat(saved).Distinct(StringComparer.Ordinal)];
    }
}
