namespace Approvals.Web.Cli;

/// <summary>A command of the host for operators, e.g. <c>create-admin</c>. Registered as a service; run in its own scope.</summary>
public interface ICliCommand
{
    /// <summary>First words on the command line, e.g. <c>create-admin</c> or <c>audit verify</c>.</summary>
    string Name { get; }

    /// <summary>One line of help.</summary>
    string Help { get; }

    /// <summary>Runs with the words after the name; returns the exit code of the process, 0 for success.</summary>
    Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken);
}
