using Approvals.Core.Integrity;

namespace Approvals.Web.Cli;

/// <summary><c>check</c>: checks every invariant of the stored records, e.g. after a restore.</summary>
internal sealed class CheckCommand(IntegrityCheck integrity) : ICliCommand
{
    public string Name => "check";

    public string Help => "核查全部数据（任务、办理、定时、编号、款项、文件、审计链） / check all records (exit 0 whole, 1 not)";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var report = await integrity.RunAsync(cancellationToken);
        foreach (var one in report.Violations)
            await Console.Out.WriteLineAsync($"{one.Rule}  {one.Subject}  {one.Text}");
        await Console.Out.WriteLineAsync(report.IsWhole ? "数据核查通过，没有发现问题。" : $"数据核查发现 {report.Violations.Count} 个问题。");
        return report.IsWhole ? 0 : 1;
    }
}
