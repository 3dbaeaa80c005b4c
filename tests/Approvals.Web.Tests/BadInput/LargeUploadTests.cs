using System.Net;
using System.Net.Http.Headers;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Approvals.Web.Tests.BadInput;

/// <summary>Tests that measure what the whole process allocates, and so run with nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

/// <summary>A 200 MB photo over a real connection: the sender reads why it was refused, and the server keeps none of it.</summary>
[Collection(Alone.Name)]
public sealed class LargeUploadTests : IAsyncDisposable
{
    private const long Bytes = 200L * 1024 * 1024;

    private readonly TestApp app = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task It_is_refused_with_a_readable_page_after_all_of_it_was_sent_and_memory_stays_bounded()
    {
        app.UseKestrel(0);
        app.StartServer();
        using var client = app.CreateClient(new WebApplicationFactoryClientOptions 
        {
            AllowAutoRedirect = false, BaseAddress = app.ClientOptions.BaseAddress,
        });
        using var photo = new LargePhoto();
        using var body = new MultipartFormDataContent { { photo, "file:photo", "照片.jpg" } };
        var before = GC.GetTotalAllocatedBytes(precise: true);

        using var answer = await client.PostAsync(new Uri($"/cases/{Guid.NewGuid()}/edit", UriKind.Relative), body, Stop);

        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("照片不超过 5 MB", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop)));
        Assert.Equal(Bytes, photo.Sent);
        Assert.True(allocated < Bytes / 4, $"{allocated:N0} bytes were allocated on both sides together.");
    }

    /// <summary>Sends one small buffer again and again.</summary>
    private sealed class LargePhoto : HttpContent
    {
        private static readonly byte[] Part = new byte[64 * 1024];

        public LargePhoto() => Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");

        public long Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (; Sent < Bytes; Sent += Part.Length)
            {
                await stream.WriteAsync(Part);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = Bytes;
            return true;
        }
    }
}
