using System.Security.Claims;
using System.Threading.RateLimiting;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Approvals.Web.Hosting;

/// <summary>How much and how often a browser or another system may send.</summary>
internal static class RequestLimits
{
    /// <summary>One attachment of 20 MB with the form around it.</summary>
    public const long MaxRequestBytes = 24L * 1024 * 1024;

    /// <summary>How much of a body that is too large is read and thrown away.</summary>
    private const long MaxDiscardedBytes = 512L * 1024 * 1024;

    private static readonly TimeSpan MaxDiscardTime = TimeSpan.FromSeconds(30);

    /// <summary>Rate-limit policy for pages anyone may reach and for signing in: by address.</summary>
    public const string PublicPolicy = "public";

    public static void AddRequestLimits(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = MaxRequestBytes;
        });
        builder.Services.Configure<FormOptions>(options =>
        {
            // Bigger parts go to a temporary file while they arrive; nothing of a large upload is held in memory.
            options.MultipartBodyLengthLimit = MaxRequestBytes;
            options.MemoryBufferThreshold = 64 * 1024;
            options.ValueLengthLimit = 1024 * 1024;
        });
        var perPerson = builder.Configuration.GetValue("RateLimits:PerPersonPerMinute", 1200);
        var perAddress = builder.Configuration.GetValue("RateLimits:PerAddressPerMinute", 60);
        builder.Services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                // By the person, not by account or token: ten tokens of one person call no more often than one.
                context.User.FindFirstValue(PersonClaims.PersonId) is { } id
                    ? PerMinute("person:" + id, perPerson)
                    : RateLimitPartition.GetNoLimiter("anonymous"));
            options.AddPolicy(PublicPolicy, context =>
                HttpMethods.IsGet(context.Request.Method)
                    ? PerMinute("get:" + context.Connection.RemoteIpAddress, perAddress * 10)
                    : PerMinute("post:" + context.Connection.RemoteIpAddress, perAddress));
        });
    }

    /// <summary>
    /// Refuses a body that announces too many bytes and keeps nothing of it, so that a 200 MB photo costs no memory; one that
    /// does not announce its size is cut off by the server at the same limit.
    /// </summary>
    public static void UseRequestSizeLimit(this WebApplication app) => app.Use(async (context, next) =>
    {
        // The page that tells of it is drawn for the same request and must not be refused in turn.
        var isErrorPage = context.Features.Get<IStatusCodeReExecuteFeature>() is not null;
        if (context.Request.ContentLength > MaxRequestBytes && !isErrorPage)
        {
            await DiscardAsync(context);
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            context.Response.Headers.Connection = "close";
            return;
        }

        try
        {
            await next(context);
        }
        catch (BadHttpRequestException fault)
            when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        }
    });

    // A browser reads no answer while it sends: closing the connection on it would show "connection reset" instead of our page.
    // So the body is read through one small buffer and thrown away, within bounds of size and time.
    private static async Task DiscardAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaxDiscardedBytes
            || context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false } limit)
        {
            return;
        }

        limit.MaxRequestBodySize = MaxDiscardedBytes;
        using var patience = new CancellationTokenSource(
            MaxDiscardTime, context.RequestServices.GetRequiredService<TimeProvider>());
        try
        {
            var read = await context.Request.BodyReader.ReadAsync(patience.Token);
            while (!read.IsCompleted)
            {
                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                read = await context.Request.BodyReader.ReadAsync(patience.Token);
            }

            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException)
        {
            // Too slow, or gone: there is nobody to be told more gently.
            context.RequestServices.GetRequiredService<ILogger<Program>>().LogDebug(fault, "A body that is too large was not sent to its end.");
        }
    }

    private static RateLimitPartition<string> PerMinute(string key, int permits) =>
        RateLimitPartition.GetSlidingWindowLimiter(key, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
        });
}
