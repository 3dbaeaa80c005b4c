using Approvals.Core.Payouts.Accounts;

namespace Approvals.Web.Cli;

/// <summary><c>keys seal</c>: seals payees' accounts and bank files by the newest key, while people work; what is done already is left alone.</summary>
internal sealed class KeysSealCommand(SealAnew sealing) : ICliCommand
{
    public string Name => "keys seal";

    public string Help => "用最新密钥重新加密收款账户和银行文件 / seal accounts and bank files by the newest key (exit 0 all, 1 not)";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var done = await sealing.RunAsync(cancellationToken);
        foreach (var one in done.Unreadable)
            await Console.Error.WriteLineAsync($"{one}  不能解密，未作更改 / cannot be opened, left as it is");
        await Console.Out.WriteLineAsync($"已重新加密 {done.Accounts} 个账号、{done.Files} 个文件，{done.Unreadable.Count} 个不能解密。");
        return done.Unreadable.Count == 0 ? 0 : 1;
    }
}
