namespace Approvals.Workflows;

/// <summary>An activity says itself that it cannot go on. The message becomes the incident's.</summary>
public sealed class ActivityFaultException(string message, string? code = null) : Exception(message)
{
    /// <summary>A stable name for programs, or null.</summary>
    public string? Code { get; } = code;
}

/// <summary>An input's expression failed.</summary>
public sealed class InputEvaluationException(string inputName, string expression, Exception inner)
    : Exception($"输入“{inputName}”的表达式求值失败：{inner.Message}", inner)
{
    /// <summary>The input.</summary>
    public string InputName { get; } = inputName;

    /// <summary>The expression's source.</summary>
    public string Expression { get; } = expression;
}
