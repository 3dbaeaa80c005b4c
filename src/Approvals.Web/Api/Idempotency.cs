using System.Text;
using System.Text.Json;
using Approvals.Core.Api;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Approvals.Web.Api;

/// <summary>
/// <c>Idempotency-Key</c>: a request repeated after a broken connection is answered again with the first answer instead of being done
/// again. The key is reserved in a transaction of its own before the work and the answer written after it, because a decision checks
/// a password and must not do so inside of a transaction.
/// </summary>
/// <remarks>
/// Only answers that changed something (2xx) are kept, for 24 hours. A refusal changed nothing and frees the key, so that a corrected
/// request may use it again. When the process dies between work and answer, the key says "in progress" for ten minutes and is then free;
/// by then a decision or submission that did happen is refused or answered by the use case itself (already decided, same number). A new
/// case, file or comment has nothing to be recognised by, so its answer is kept in its own transaction (<see cref="KeepAsync"/>).
/// </remarks>
internal static class Idempotency
{
    public const string Header = "Idempotency-Key";

    public const int LongestKey = 100;

    private const string Replayed = "Idempotency-Replayed";

    public static void UseIdempotency(this WebApplication app) => app.UseWhen(
        context => context.IsApi() && context.Request.Headers.ContainsKey(Header)
            && (HttpMethods.IsPost(context.Request.Method) || HttpMethods.IsPut(context.Request.Method)),
        branch => branch.Use(HandleAsync));

    /// <summary>Keeps the answer together with what it tells of; nothing for a request without a key.</summary>
    public static async Task KeepAsync(
        this HttpContext context, ApprovalsDbContext db, int status, string? location = null, object? body = null)
    {
        if (context.Items[typeof(Reservation.Mine)] is not Guid reservation)
        {
            return;
        }

        var json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var answer = body is null ? new StoredAnswer(status, null, location, "")
            : new StoredAnswer(status, "application/json", location, JsonSerializer.Serialize(body, json));
        await IdempotencyStore.WriteAsync(db, reservation, answer);
    }

    private static async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var services = context.RequestServices;
        if (services.GetRequiredService<CurrentPerson>().Id is not { } me)
        {
            await next(context);
            return;
        }

        var problems = services.GetRequiredService<Problems>();
        var key = context.Request.Headers[Header].ToString();
        if (key.Length is 0 or > LongestKey || key.Any(letter => letter is <= ' ' or > '~'))
        {
            await problems.KeyMalformed().ExecuteAsync(context);
            return;
        }

        var store = services.GetRequiredService<IdempotencyStore>();
        var hash = await RequestHash.OfAsync(context.Request, context.RequestAborted);
        switch (await store.ReserveAsync(me, key, hash, context.RequestAborted))
        {
            case Reservation.Mine mine:
                await AnswerOnceAsync(context, next, store, mine.Id);
                break;
            case Reservation.Answered before:
                await AnswerAgainAsync(context, before);
                break;
            case Reservation.UsedOtherwise:
                await problems.KeyUsedOtherwise().ExecuteAsync(context);
                break;
            default:
                context.Response.Headers.RetryAfter = "5";
                await problems.InProgress().ExecuteAsync(context);
                break;
        }
    }

    private static async Task AnswerOnceAsync(HttpContext context, RequestDelegate next, IdempotencyStore store, Guid reservation)
    {
        // The caller that hangs up will ask again with the key: the work goes on to its end, so that there is an answer to give.
        context.RequestAborted = CancellationToken.None;
        context.Items[typeof(Reservation.Mine)] = reservation;
        var body = context.Response.Body;
        using var copy = new MemoryStream();
        context.Response.Body = copy;
        var isDone = false;
        try
        {
            await next(context);
            isDone = context.Response.StatusCode is >= 200 and < 300;
        }
        finally
        {
            context.Response.Body = body;
            if (!isDone)
            {
                await store.ReleaseAsync(reservation);
            }
        }

        if (isDone)
        {
            await store.StoreAsync(reservation, new StoredAnswer(
                context.Response.StatusCode, context.Response.ContentType, context.Response.Headers.Location, Encoding.UTF8.GetString(copy.ToArray())));
        }

        copy.Position = 0;
        await copy.CopyToAsync(body);
    }

    private static async Task AnswerAgainAsync(HttpContext context, Reservation.Answered before)
    {
        var response = context.Response;
        response.StatusCode = before.Answer.Status;
        response.ContentType = before.Answer.ContentType;
        response.Headers[Replayed] = "true";
        if (before.Answer.Location is { } location)
        {
            response.Headers.Location = location;
        }

        await response.WriteAsync(before.Answer.Body);
    }
}
