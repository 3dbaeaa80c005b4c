namespace Approvals.Workflows;

/// <summary>How bad a problem is: an error keeps the workflow from starting, a warning does not.</summary>
public enum ProblemSeverity
{
    /// <summary>The workflow runs, though probably not as meant.</summary>
    Warning,

    /// <summary>The workflow cannot be started.</summary>
    Error,
}

/// <summary>Something wrong in a definition, found before it runs.</summary>
/// <param name="ActivityId">The activity it is about, or the workflow's own id.</param>
/// <param name="NodeId">The path of ids from the root.</param>
/// <param name="Code">A stable name for programs, one of <see cref="ProblemCodes"/>.</param>
/// <param name="Message">What to tell the process owner, in Chinese.</param>
/// <param name="Severity">Whether the workflow can still start.</param>
public sealed record DefinitionProblem(
    string ActivityId, string NodeId, string Code, string Message, ProblemSeverity Severity = ProblemSeverity.Error);

/// <summary>The codes a <see cref="DefinitionProblem"/> can carry.</summary>
public static class ProblemCodes
{
    /// <summary>No activity class has this type name.</summary>
    public const string UnknownActivity = "UnknownActivity";

    /// <summary>Two activities of one definition share an id.</summary>
    public const string DuplicateId = "DuplicateId";

    /// <summary>A connection names an activity that is not there.</summary>
    public const string MissingActivity = "MissingActivity";

    /// <summary>A connection leaves by a port the activity does not have.</summary>
    public const string MissingPort = "MissingPort";

    /// <summary>A loop in which nothing ever waits.</summary>
    public const string CycleWithoutWait = "CycleWithoutWait";

    /// <summary>A backward connection that can be reached without passing its target.</summary>
    public const string InvalidBackward = "InvalidBackward";

    /// <summary>A connection leads back behind an activity that does something final.</summary>
    public const string BehindFinal = "BehindFinal";

    /// <summary>One outcome leads both forward and back; going back wins.</summary>
    public const string ForwardAndBackward = "ForwardAndBackward";

    /// <summary>An expression has a syntax error or an unknown type.</summary>
    public const string Expression = "Expression";

    /// <summary>A fixed value cannot be read as the input's type.</summary>
    public const string InputFormat = "InputFormat";

    /// <summary>A variable is referred to that is not in scope.</summary>
    public const string MissingVariable = "MissingVariable";

    /// <summary>A workflow contains itself.</summary>
    public const string RecursiveWorkflow = "RecursiveWorkflow";

    /// <summary>No connection leads to an activity.</summary>
    public const string Unreachable = "Unreachable";

    /// <summary>There is nothing to run.</summary>
    public const string Empty = "Empty";
}
