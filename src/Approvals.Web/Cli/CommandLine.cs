namespace Approvals.Web.Cli;

/// <summary>Decides whether the host was called to run a command instead of serving, and runs it.</summary>
public static class CommandLine
{
    /// <summary>
    /// True when the first argument is a word: settings begin with a dash or hold an equals sign, as
    /// <c>--urls</c> or <c>Data:Folder=/srv/approvals</c>.
    /// </summary>
    public static bool IsCommand(IReadOnlyList<string> arguments) =>
        arguments.Count > 0 && !arguments[0].StartsWith('-') && !arguments[0].StartsWith('/') && !arguments[0].Contains('=');

    /// <summary>Runs the command whose name the arguments begin with; an unknown one lists what there is and returns 2.</summary>
    public static async Task<int> RunAsync(IServiceProvider services, IReadOnlyList<string> arguments)
    {
        await using var scope = services.CreateAsyncScope();
        var commands = scope.ServiceProvider.GetServices<ICliCommand>().OrderBy(one => one.Name, StringComparer.Ordinal).ToList();
        var command = commands.Find(one => BeginsWith(arguments, one.Name.Split(' ')));
        if (command is not null)
        {
            var rest = arguments.Skip(command.Name.Split(' ').Length).ToList();
            return await command.RunAsync(rest, CancellationToken.None);
        }

        await Console.Error.WriteLineAsync("未知命令 / unknown command. 可用命令 / commands:");
        foreach (var one in commands)
        {
            await Console.Error.WriteLineAsync($"  {one.Name,-20} {one.Help}");
        }

        return 2;
    }

    private static bool BeginsWith(IReadOnlyList<string> arguments, string[] words) =>
        arguments.Count >= words.Length && !words.Where((word, index) => arguments[index] != word).Any();
}
