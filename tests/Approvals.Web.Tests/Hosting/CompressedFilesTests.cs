using System.IO.Compression;
using System.Net;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests.Hosting;

public sealed class CompressedFilesTests(CompressedFilesTests.Bureau bureau) : IClassFixture<CompressedFilesTests.Bureau>
{
    private const string Sheet = "/lib/tabler/tabler.min.css";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public sealed class Bureau : IAsyncLifetime
    {
        public TestApp App { get; } = new() { RunsJobs = false };

        public ValueTask InitializeAsync() => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }

    [Theory]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("identity", null)]
    public async Task AStyleSheetArrivesWholeInWhatTheBrowserReads(string accepted, string? encoding)
    {
        var plain = await AskedAsync(Sheet, "identity");
        var answer = await AskedAsync(Sheet, accepted);
        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("text/css", answer.Content.Headers.ContentType?.MediaType);
        await answer.Content.LoadIntoBufferAsync(Cancel);
        Assert.Equal(await BytesAsync(plain), await BytesAsync(answer));
        if (encoding is not null)
        {
            Assert.Contains("Accept-Encoding", answer.Headers.Vary);
            Assert.InRange((await answer.Content.ReadAsByteArrayAsync(Cancel)).Length, 1, 90_000);
        }
    }

    [Fact]
    public async Task WhatTheAddressNamesByItsContentIsKeptForEverAndTheRestForAnHour()
    {
        Assert.Equal(TimeSpan.FromDays(365), (await AskedAsync(Sheet + "?v=abc", "br")).Headers.CacheControl?.MaxAge);
        Assert.Equal(TimeSpan.FromHours(1), (await AskedAsync(Sheet, "br")).Headers.CacheControl?.MaxAge);
    }

    [Fact]
    public async Task WhoHasItAlreadyIsToldSo()
    {
        var first = await AskedAsync(Sheet, "br");
        using var request = new HttpRequestMessage(HttpMethod.Get, Sheet);
        request.Headers.AcceptEncoding.ParseAdd("br");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await bureau.App.Browser().Client.SendAsync(request, Cancel)).StatusCode);
    }

    /// <summary>Its anti-forgery token could be guessed from the sizes of compressed answers (BREACH).</summary>
    [Fact]
    public async Task APageIsNeverCompressed() =>
        Assert.Empty((await AskedAsync("/account/sign-in", "br, gzip")).Content.Headers.ContentEncoding);

    private async Task<HttpResponseMessage> AskedAsync(string address, string accepted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptEncoding.ParseAdd(accepted);
        return await bureau.App.Browser().Client.SendAsync(request, Cancel);
    }

    private static async Task<byte[]> BytesAsync(HttpResponseMessage answer)
    {
        await using var raw = await answer.Content.ReadAsStreamAsync(Cancel);
        await using var plain = answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(raw, CompressionMode.Decompress),
            "gzip" => new GZipStream(raw, CompressionMode.Decompress),
            _ => raw,
        };
        using var all = new MemoryStream();
        await plain.CopyToAsync(all, Cancel);
        return all.ToArray();
    }
}
