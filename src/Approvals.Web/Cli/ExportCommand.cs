using Approvals.Core.Processes.RoundTrip;

namespace Approvals.Web.Cli;

/// <summary><c>export [process] --to &lt;folder&gt;</c>: writes processes back to files in the shape of <c>workflows/</c>.</summary>
internal sealed class ExportCommand(ExportProcesses exporting) : ICliCommand
{
    private const string Usage = "用法 / usage: export [流程编号 process] --to <文件夹 folder>";

    public string Name => "export";

    public string Help => "把流程写回文件 / write processes to files: export [process] --to <folder>";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (process, folder) = arguments switch
        {
            ["--to", var to] => (null, to),
            [var key, "--to", var to] => (key, to),
            ["--to", var to, var key] => (key, to),
            _ => ((string?)null, (string?)null),
        };
        if (string.IsNullOrWhiteSpace(folder))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        try
        {
            if (await exporting.WriteAsync(process, folder, cancellationToken) is not { } written)
            {
                await Console.Error.WriteLineAsync(process is null ? "数据库中没有流程。" : $"没有流程“{process}”。");
                return 1;
            }

            foreach (var path in written)
            {
                await Console.Out.WriteLineAsync(path);
            }

            await Console.Out.WriteLineAsync(written.Count == 0 ? "文件与数据库一致，未作改动。" : $"已写入 {written.Count} 个文件。");
            return 0;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
    }
}
