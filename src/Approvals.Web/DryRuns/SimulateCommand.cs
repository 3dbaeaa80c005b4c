using System.Globalization;
using Approvals.Core.DryRuns;
using Approvals.Web.Cli;

namespace Approvals.Web.DryRuns;

/// <summary><c>simulate</c>: plays a process in a sandbox and prints what happens. The real database is only read.</summary>
internal sealed class SimulateCommand(SimulateProcess simulate) : ICliCommand
{
    private sealed record Asked(DryRunSubject Subject, string? AnswersFile, string Folder);

    public string Name => "simulate";

    public string Help =>
        "<流程> [--version n | --draft] [--answers 脚本.json] [--out 文件夹]；试运行流程，不改动任何数据 / dry run (exit 0 finished, 1 stopped before)";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (Read(arguments) is not { } asked)
        {
            await Console.Error.WriteLineAsync($"用法: simulate {Help}");
            return 2;
        }

        if (await simulate.FindAsync(asked.Subject, cancellationToken) is not { } tried)
        {
            await Console.Error.WriteLineAsync($"流程“{asked.Subject.Process}”没有这个版本。");
            return 2;
        }

        DryRunAnswers answers;
        try
        {
            answers = asked.AnswersFile is null
                ? new DryRunAnswers()
                : DryRunAnswers.Parse(await File.ReadAllTextAsync(asked.AnswersFile, cancellationToken));
        }
        catch (Exception fault) when (fault is FormatException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 2;
        }

        // What it prints is Chinese, whatever the language of the terminal.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        var report = await simulate.RunAsync(tried, answers, asked.Folder, null, cancellationToken);
        await Console.Out.WriteAsync(DryRunText.Of(report));
        Directory.CreateDirectory(asked.Folder);
        await File.WriteAllTextAsync(Path.Combine(asked.Folder, "report.json"), report.ToJson(), cancellationToken);
        await Console.Out.WriteLineAsync($"\n结果和文书在 {Path.GetFullPath(asked.Folder)}");
        return report.End == DryRunEnd.Finished ? 0 : 1;
    }

    private static Asked? Read(IReadOnlyList<string> arguments)
    {
        string? process = null, answers = null, folder = null;
        int? version = null;
        var draft = false;
        for (var index = 0; index < arguments.Count; index++)
        {
            switch (arguments[index])
            {
                case "--draft":
                    draft = true;
                    break;
                case "--version" or "--answers" or "--out" when index + 1 == arguments.Count:
                    return null;
                case "--version":
                    if (!int.TryParse(arguments[++index], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                        return null;
                    version = number;
                    break;
                case "--answers":
                    answers = arguments[++index];
                    break;
                case "--out":
                    folder = arguments[++index];
                    break;
                case var word when process is null && !word.StartsWith('-'):
                    process = word;
                    break;
                case var setting when setting.Contains('=', StringComparison.Ordinal):
                    // A setting of the host, which has read it already.
                    break;
                default:
                    return null;
            }
        }

        return process is null || (draft && version is not null)
            ? null
            : new Asked(new DryRunSubject(process, version, draft), answers, folder ?? Directory.CreateTempSubdirectory("dry-run-result-").FullName);
    }
}
