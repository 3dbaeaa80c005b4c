using Approvals.Core.Audit;

namespace Approvals.Web.Cli;

/// <summary><c>audit checkpoint</c>: writes a signed checkpoint of the chain as it stands, e.g. before a backup.</summary>
internal sealed class AuditCheckpointCommand(CheckpointJob job, CheckpointWriter writer) : ICliCommand
{
    public string Name => "audit checkpoint";

    public string Help => "写入签名检查点 / write a signed checkpoint of the audit chain";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (sequence, isWritten) = await job.RunAsync(cancellationToken);
        await Console.Out.WriteLineAsync(
            sequence == 0 ? "审计链为空，未写入检查点。"
            : isWritten ? $"已为第 {sequence} 条写入检查点：{writer.FilePath}"
            : $"第 {sequence} 条已有检查点，未再写入：{writer.FilePath}");
        return 0;
    }
}
