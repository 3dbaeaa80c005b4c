using Approvals.Core.Audit;

namespace Approvals.Web.Cli;

/// <summary><c>audit verify</c>: reads the whole audit chain and says whether it is whole.</summary>
internal sealed class AuditVerifyCommand(AuditVerifier verifier) : ICliCommand
{
    public string Name => "audit verify";

    public string Help => "校验审计链与签名检查点 / verify the audit chain (exit 0 intact, 1 broken)";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var result = await verifier.VerifyAsync(cancellationToken);
        if (result.Break is { } broken)
        {
            await Console.Out.WriteLineAsync($"审计链异常：{broken.Text}（第 {broken.Sequence} 条，{broken.Kind}）");
            return 1;
        }

        await Console.Out.WriteLineAsync($"审计链完整：共 {result.Entries} 条，核对签名检查点 {result.Checkpoints} 个。");
        return 0;
    }
}
