using Approvals.Workflows;

namespace Approvals.Core.Processes.Designing.Checks;

/// <summary>Something wrong with a process, found before it is published.</summary>
/// <param name="ActivityId">The activity it is about; null when it is about the process.</param>
/// <param name="Code">Stable word for programs, e.g. <c>participant</c>.</param>
/// <param name="Severity">An error keeps the process from being published.</param>
/// <param name="Message">What to tell the process owner, in Chinese, with the activity's title and name.</param>
public sealed record DesignFinding(string? ActivityId, string Code, ProblemSeverity Severity, string Message)
{
    /// <summary>Whether it keeps the process from being published.</summary>
    public bool IsError => Severity == ProblemSeverity.Error;

    /// <summary>About an activity: begins with its title and, where that differs, its name.</summary>
    public static DesignFinding At(CompiledNode node, string code, ProblemSeverity severity, string message) =>
        new(node.Id, code, severity, $"{Caption(node)}：{message}");

    /// <summary>A problem of the compiler, with the activity's name added.</summary>
    public static DesignFinding Of(DefinitionProblem problem, CompiledNode? node)
    {
        if (node is null || node.Parent is null)
            return new DesignFinding(null, problem.Code, problem.Severity, problem.Message);
        var title = $"“{node.DisplayText}”";
        var at = problem.Message.IndexOf(title, StringComparison.Ordinal);
        if (at < 0 && node.Parent.Parent is null)
            return new DesignFinding(null, problem.Code, problem.Severity, problem.Message);
        var message = at < 0
            ? $"{Caption(node)}：{problem.Message}"
            : problem.Message[..at] + Caption(node) + problem.Message[(at + title.Length)..];
        return new DesignFinding(node.Id, problem.Code, problem.Severity, message);
    }

    private static string Caption(CompiledNode node) =>
        string.IsNullOrEmpty(node.Name) || node.Name == node.DisplayText ? $"“{node.DisplayText}”" : $"“{node.DisplayText}”（{node.Name}）";
}
