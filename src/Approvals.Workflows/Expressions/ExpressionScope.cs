namespace Approvals.Workflows;

/// <summary>What an expression can see at its place in the definition.</summary>
public sealed class ExpressionScope
{
    private readonly CompiledNode _node;

    internal ExpressionScope(CompiledNode node) => _node = node;

    internal VariableSlot? FindVariable(string idOrName)
    {
        for (var node = _node; node is not null; node = node.Parent)
        {
            foreach (var variable in node.Variables)
            {
                if (variable.Definition.Id == idOrName || variable.Definition.Name == idOrName)
                    return variable;
            }

            // A workflow used as an activity does not see the variables of the one around it.
            if (node.IsWorkflow)
                return null;
        }

        return null;
    }

    internal IEnumerable<VariableSlot> VisibleVariables()
    {
        for (var node = _node; node is not null; node = node.Parent)
        {
            foreach (var variable in node.Variables)
                yield return variable;
            if (node.IsWorkflow)
                yield break;
        }
    }

    internal CompiledNode WorkflowNode
    {
        get
        {
            var node = _node;
            while (!node.IsWorkflow && node.Parent is not null)
                node = node.Parent;
            return node;
        }
    }
}
