using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Draws;
using Approvals.Core.Payouts;

namespace Approvals.Web.Cli;

/// <summary>
/// <c>keys new</c>: makes the next key of payees' accounts or secret of draws, which running servers use from then on. What the older ones
/// closed they still open.
/// </summary>
internal sealed class KeysNewCommand(AccountVault vault, DrawSecret draws, UnitOfWork unitOfWork, AuditTrail audit) : ICliCommand
{
    public const string Accounts = "payee-accounts";

    public const string Draws = "draw-secret";

    public string Name => "keys new";

    public string Help => $"{Accounts}|{Draws}：建立新密钥，旧密钥仍可解密 / make the next key; older ones still open";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var ring = arguments switch { [Accounts] => vault.Keys, [Draws] => draws.Keys, _ => null };
        if (ring is null)
        {
            await Console.Error.WriteLineAsync($"用法: keys new {Help}");
            return 2;
        }

        // The file within the transaction: there is no entry about a key that could not be made.
        var made = await unitOfWork.RunAsync(
            _ =>
            {
                var number = ring.Add();
                audit.Record("key.made", "key", arguments[0], new { key = number });
                return Task.FromResult(number);
            },
            cancellationToken);
        await Console.Out.WriteLineAsync($"已建立第 {made} 号密钥：{ring.PathOf(made)}。请立即备份密钥目录。");
        return 0;
    }
}
