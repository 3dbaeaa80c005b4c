using Approvals.Core.Forms;
using Approvals.Core.Organisation;
using Approvals.Workflows;

namespace Approvals.Core.Processes.Designing.Checks;

/// <summary>Everything the checks look at, as plain values.</summary>
/// <param name="Workflow">The compiled process.</param>
/// <param name="Settings">What it says of itself.</param>
/// <param name="Files">Path → content of its forms, dictionaries and document texts.</param>
/// <param name="World">What there is around it.</param>
public sealed record CheckedDesign(
    CompiledWorkflow Workflow, ProcessSettings Settings, IReadOnlyDictionary<string, string> Files, DesignWorld World)
{
    private IReadOnlyDictionary<string, FormDefinition>? forms;

    /// <summary>Forms that can be read, by key; what is wrong with the others is found with the files.</summary>
    public IReadOnlyDictionary<string, FormDefinition> Forms => forms ??= ReadForms();

    /// <summary>Activities of this process itself, without the inside of processes used as activities and without the workflow.</summary>
    public IEnumerable<CompiledNode> Activities => Workflow.Nodes.Where(node => node.Parent is not null && !IsInside(node));

    /// <summary>Whether the process has cases of its own, and not only works on those of others.</summary>
    public bool HasCases => Settings.StartForm is not null;

    private Dictionary<string, FormDefinition> ReadForms()
    {
        var read = new Dictionary<string, FormDefinition>(StringComparer.Ordinal);
        foreach (var (path, content) in Files.Where(file => file.Key.StartsWith("forms/", StringComparison.Ordinal)))
        {
            var key = Path.GetFileNameWithoutExtension(path);
            try
            {
                read[key] = FormDefinition.Parse(key, content);
            }
            catch (FormDefinitionException)
            {
                continue;
            }
        }

        return read;
    }

    private static bool IsInside(CompiledNode node)
    {
        for (var above = node.Parent; above is not null; above = above.Parent)
        {
            if (above.IsWorkflow && above.Parent is not null)
                return true;
        }

        return false;
    }
}

/// <summary>What there is around a process when it is checked.</summary>
/// <param name="RuleSets">Rule sets there are.</param>
/// <param name="Processes">Keys of the published processes, and of those shipped with it.</param>
/// <param name="TakenNames">Type names of the activities, and names of other processes that are used as one.</param>
/// <param name="Today">The day on which posts must be held.</param>
/// <param name="Organisation">The bureau; null while there is none, at the first start.</param>
public sealed record DesignWorld(
    IReadOnlySet<string> RuleSets,
    IReadOnlySet<string> Processes,
    IReadOnlySet<string> TakenNames,
    DateOnly Today,
    OrganisationSnapshot? Organisation)
{
    /// <summary>Key of a published process → keys of those that its steps start.</summary>
    public ILookup<string, string> Starts { get; init; } = Array.Empty<string>().ToLookup(key => key);
}
