namespace Approvals.Workflows;

/// <summary>
/// A definition made ready to run. Immutable and thread safe; a host keeps one per version id, because instances stay on
/// the version they began with.
/// </summary>
public sealed class CompiledWorkflow
{
    private readonly Dictionary<string, CompiledNode> _byNodeId = new(StringComparer.Ordinal);

    internal CompiledWorkflow(
        WorkflowDefinition definition, IReadOnlyList<CompiledNode> nodes, IReadOnlyList<DefinitionProblem> problems)
    {
        Definition = definition;
        Nodes = nodes;
        Problems = problems;
        CanStart = problems.All(p => p.Severity != ProblemSeverity.Error);
        foreach (var node in nodes)
            _byNodeId.TryAdd(node.NodeId, node);
    }

    /// <summary>The definition it was made of.</summary>
    public WorkflowDefinition Definition { get; }

    /// <summary>All activities, outer before inner; the first is the workflow itself.</summary>
    public IReadOnlyList<CompiledNode> Nodes { get; }

    /// <summary>What is wrong with it.</summary>
    public IReadOnlyList<DefinitionProblem> Problems { get; }

    /// <summary>False when a problem is an error.</summary>
    public bool CanStart { get; }

    /// <summary>Says why it cannot start, before anything has been made of an instance that never would.</summary>
    /// <exception cref="WorkflowNotStartableException"><see cref="CanStart"/> is false; the message names the problems.</exception>
    public void ThrowIfNotStartable()
    {
        if (!CanStart)
            throw new WorkflowNotStartableException(Definition, Problems);
    }

    /// <summary>True when some expression asks for the outputs of activities, so that they must be kept.</summary>
    internal bool KeepsOutputs { get; init; }

    /// <summary>The activity with that path, or null.</summary>
    public CompiledNode? FindNode(string nodeId) => _byNodeId.GetValueOrDefault(nodeId);

    /// <summary>The first activity with that id, outermost first, or null.</summary>
    public CompiledNode? FindActivity(string activityId) => Nodes.FirstOrDefault(n => n.Id == activityId);
}

/// <summary>Looks up published workflows that are used as activities.</summary>
public interface IWorkflowCatalogue
{
    /// <summary>
    /// The workflow behind an activity type, or null. The version id the activity was saved with is asked for when there
    /// is one; the host must keep answering with the same version for it.
    /// </summary>
    WorkflowDefinition? Find(string activityType, string? versionId);
}

/// <summary>A start was asked for although <see cref="CompiledWorkflow.CanStart"/> is false.</summary>
public sealed class WorkflowNotStartableException(WorkflowDefinition definition, IReadOnlyList<DefinitionProblem> problems)
    : InvalidOperationException(
        $"流程“{definition.Name}”不能启动：{string.Join("；", problems.Where(p => p.Severity == ProblemSeverity.Error).Select(p => p.Message))}")
{
    /// <summary>All problems of the definition.</summary>
    public IReadOnlyList<DefinitionProblem> Problems { get; } = problems;
}
