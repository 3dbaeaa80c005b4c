using System.Security.Cryptography;
using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Draws;
using Approvals.Core.Payouts;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Tests.Data;

/// <summary>Secrets in files: several processes make them at once, and a damaged one is not worked with.</summary>
public sealed class SecretFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("approvals-secret-").FullName;

    [Fact]
    public async Task All_who_make_it_at_once_have_the_same_and_nothing_else_is_left()
    {
        for (var round = 0; round < 50; round++)
        {
            var path = Path.Combine(folder, $"{round}", "some.key");
            using var together = new Barrier(4);
            var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return Convert.ToHexString(SecretFile.ReadOrCreate(path, () => RandomNumberGenerator.GetBytes(32)));
                },
                TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            Assert.Equal(64, Assert.Single(made.Distinct()).Length);
            Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void A_checkpoint_signed_by_one_process_is_genuine_to_another()
    {
        using var one = new CheckpointKey(Options());
        using var other = new CheckpointKey(Options());
        Assert.True(other.IsSigned("1", one.Sign("1")));
        Assert.False(other.IsSigned("2", one.Sign("1")));
    }

    [Fact]
    public void An_account_sealed_by_one_process_is_opened_by_another()
    {
        var id = Guid.CreateVersion7();
        Assert.Equal("6222021234567890", new AccountVault(Options()).Open(id, new AccountVault(Options()).Seal(id, "6222021234567890")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("c2hvcnQ=")]
    [InlineData("not base64")]
    public void With_a_damaged_file_nothing_is_sealed_signed_or_drawn(string content)
    {
        var keys = Directory.CreateDirectory(Path.Combine(folder, "keys")).FullName;
        foreach (var name in new[] { "payee-accounts.key", "audit-checkpoint.pem", "draw-secret.key" })
            File.WriteAllText(Path.Combine(keys, name), content);
        using var key = new CheckpointKey(Options());
        Assert.Throws<InvalidDataException>(() => new AccountVault(Options()).Seal(Guid.CreateVersion7(), "6222021234567890"));
        Assert.Throws<InvalidDataException>(() => key.Sign("1"));
        Assert.Throws<CryptographicException>(() => new DrawSecret(Options()).NonceOf(Guid.CreateVersion7()));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private IOptions<DataOptions> Options() => Microsoft.Extensions.Options.Options.Create(new DataOptions { Folder = folder });
}
