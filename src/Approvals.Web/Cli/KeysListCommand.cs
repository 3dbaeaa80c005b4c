using Approvals.Core.Data;
using Approvals.Core.Draws;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Accounts;

namespace Approvals.Web.Cli;

/// <summary><c>keys list</c>: the keys that can be exchanged, and what each of them is still needed for.</summary>
internal sealed class KeysListCommand(AccountVault vault, DrawSecret draws, SealAnew sealing, DrawKeyUse drawing) : ICliCommand
{
    public string Name => "keys list";

    public string Help => "列出密钥及其仍加密的内容 / list the keys and what each is still needed for";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        foreach (var one in await sealing.UseAsync(cancellationToken))
            await WriteAsync(vault.Keys, one.Key, $"{one.Accounts} 个账号，{one.Files} 个文件");
        var waiting = await drawing.WaitingAsync(cancellationToken);
        foreach (var key in draws.Keys.Numbers().Union(waiting.Keys).Order())
            await WriteAsync(draws.Keys, key, $"{waiting.GetValueOrDefault(key)} 次已承诺未抽取的抽签");
        return 0;
    }

    private static Task WriteAsync(KeyRing ring, int key, string use)
    {
        var state = !ring.Numbers().Contains(key) ? "缺失" : key == ring.Newest() ? "在用" : "旧";
        return Console.Out.WriteLineAsync($"{(key == 0 ? "?" : Path.GetFileName(ring.PathOf(key))),-28}{state}  {use}");
    }
}
