using System.Security.Cryptography;
using System.Text;
using Approvals.Core.Files;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Files;

public sealed class FileStoreTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task ContentIsKeptOnceUnderItsHashAndReadBack(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        var content = Encoding.UTF8.GetBytes("推荐表");
        await SaveAsync(kernel, content);
        var file = await SaveAsync(kernel, content);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), file.Sha256);
        Assert.Equal(2, await kernel.ReadAsync(db => db.Files.CountAsync(row => row.Sha256 == file.Sha256 && row.Size == 9, Cancel)));
        Assert.Single(Directory.GetFiles(Path.Combine(kernel.Folder, "files"), "*", SearchOption.AllDirectories));
        var read = await kernel.InScopeAsync(async scope =>
        {
            await using var stream = await scope.GetRequiredService<FileStore>().OpenAsync(file, Cancel);
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync(Cancel);
        });
        Assert.Equal("推荐表", read);
    }

    [Fact]
    public async Task AnUploadThatBreaksOffLeavesNothing()
    {
        await using var kernel = await TestKernel.StartAsync("Sqlite");
        await Assert.ThrowsAsync<IOException>(() => kernel.CommitAsync(
            (scope, _) => scope.GetRequiredService<FileStore>().SaveAsync(new Breaking(), "image/png", null, Cancel)));
        Assert.Empty(Directory.GetFiles(Path.Combine(kernel.Folder, "files"), "*", SearchOption.AllDirectories));
        Assert.Equal(0, await kernel.ReadAsync(db => db.Files.CountAsync(Cancel)));
    }

    private static Task<StoredFile> SaveAsync(TestKernel kernel, byte[] content) => kernel.CommitAsync(
        (scope, _) => scope.GetRequiredService<FileStore>().SaveAsync(new MemoryStream(content), "text/plain", null, Cancel));

    private sealed class Breaking : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("connection lost");
    }
}
