using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>Makes definitions ready to run: resolves types, variables and expressions once, so that runs need not.</summary>
public sealed class WorkflowCompiler(ExpressionEvaluator? expressions = null, IWorkflowCatalogue? catalogue = null)
{
    private readonly ExpressionEvaluator _expressions = expressions ?? new ExpressionEvaluator();

    /// <summary>
    /// Compiles a definition. What is wrong with it is in <see cref="CompiledWorkflow.Problems"/>; only JSON of the wrong
    /// shape throws <see cref="DefinitionFormatException"/>.
    /// </summary>
    public CompiledWorkflow Compile(WorkflowDefinition definition, ActivityRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(registry);
        var compilation = new Compilation(registry, _expressions, catalogue);
        compilation.CompileRoot(definition);
        return new CompiledWorkflow(definition, compilation.Nodes, compilation.Problems)
        {
            KeepsOutputs = compilation.KeepsOutputs,
        };
    }
}

/// <summary>What one compilation has gathered so far.</summary>
internal sealed class Compilation(ActivityRegistry registry, ExpressionEvaluator expressions, IWorkflowCatalogue? catalogue)
{
    private readonly List<string> _inside = [];

    public List<CompiledNode> Nodes { get; } = [];

    public List<DefinitionProblem> Problems { get; } = [];

    public bool KeepsOutputs { get; set; }

    public ActivityRegistry Registry => registry;

    public ExpressionEvaluator Expressions => expressions;

    public void CompileRoot(WorkflowDefinition definition)
    {
        var node = new CompiledNode(0, null, "Workflow1", WorkflowScope.TypeName, [])
        {
            IsWorkflow = true, DisplayText = definition.Name,
        };
        Nodes.Add(node);
        CompileWorkflow(node, definition, new WorkflowScope());
    }

    /// <summary>Compiles a definition into the node that stands for it: the workflow itself, or one used as an
    /// activity.</summary>
    public void CompileWorkflow(CompiledNode node, WorkflowDefinition definition, WorkflowScope scope)
    {
        node.Activity = scope;
        scope.Node = node;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var compiler = new NodeCompiler(this, node, ids, "root");
        compiler.DeclareVariables(definition.Variables);
        scope.Declare(definition, compiler);
        _inside.Add(definition.DefinitionId);
        scope.Root = compiler.CompileChild(definition.Root, "root");
        _inside.RemoveAt(_inside.Count - 1);
        node.CanWait = node.ChildList.Exists(c => c.CanWait);
    }

    public WorkflowDefinition? FindWorkflow(string activityType, JsonObject json) =>
        catalogue?.Find(activityType, JsonRead.Text(json, "workflowDefinitionVersionId", activityType));

    public bool IsInside(WorkflowDefinition definition) => _inside.Contains(definition.DefinitionId);
}
