using System.Security.Cryptography;
using System.Text;
using Approvals.Core.Api;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Web.Resources;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Api;

/// <summary>
/// Idempotency-Key: a repeated request gets the answer of the first and does nothing; the same key with another request is
/// refused with 422, and one that is still being worked on with 409.
/// </summary>
internal static class Idempotency
{
    private const string Header = "Idempotency-Key";
    private const int LongestKey = 100;

    public static void UseIdempotency(this WebApplication app) => app.UseWhen(
        context => context.IsApi() && context.Request.Headers.ContainsKey(Header) && !HttpMethods.IsGet(context.Request.Method),
        branch => branch.Use(HandleAsync));

    private static async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var services = context.RequestServices;
        var person = services.GetRequiredService<CurrentPerson>();
        var key = context.Request.Headers[Header].ToString();
        var texts = services.GetRequiredService<IStringLocalizer<ApiTexts>>();
        if (person.Id is not { } me)
        {
            await next(context);
            return;
        }

        if (key.Length is 0 or > LongestKey)
        {
            await Results.Problem(statusCode: 400, title: texts["Idempotency-Key 应为 1 至 100 个字符。"]).ExecuteAsync(context);
            return;
        }

        var hash = await HashAsync(context);
        var records = services.GetRequiredService<IDbContextFactory<ApprovalsDbContext>>();
        if (await ClaimAsync(services, records, me, key, hash, context.RequestAborted) is { } before)
        {
            await AnswerAgainAsync(context, before, hash, texts);
            return;
        }

        await AnswerOnceAsync(context, next, records, me, key);
    }

    /// <summary>Null when the key is now ours; otherwise the record of whoever was first.</summary>
    /// <remarks>Race closed: two equal requests at once. The unique index lets one row in; the other reads it.</remarks>
    private static async Task<IdempotencyRecord?> ClaimAsync(
        IServiceProvider services, IDbContextFactory<ApprovalsDbContext> records, Guid me, string key, string hash, CancellationToken stop)
    {
        await using var db = await records.CreateDbContextAsync(stop);
        var before = await db.IdempotencyRecords.AsNoTracking().FirstOrDefaultAsync(one => one.PersonId == me && one.Key == key, stop);
        if (before is not null)
        {
            return before;
        }

        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        db.IdempotencyRecords.Add(new IdempotencyRecord { PersonId = me, Key = key, RequestHash = hash, At = now });
        try
        {
            await db.SaveChangesAsync(stop);
            return null;
        }
        catch (DbUpdateException)
        {
            await using var second = await records.CreateDbContextAsync(stop);
            return await second.IdempotencyRecords.AsNoTracking().SingleAsync(one => one.PersonId == me && one.Key == key, stop);
        }
    }

    private static async Task AnswerAgainAsync(
        HttpContext context, IdempotencyRecord before, string hash, IStringLocalizer<ApiTexts> texts)
    {
        if (before.RequestHash != hash)
        {
            await Results.Problem(statusCode: 422, title: texts["此 Idempotency-Key 已用于另一个请求。"]).ExecuteAsync(context);
        }
        else if (before.Status == 0)
        {
            await Results.Problem(statusCode: 409, title: texts["同一请求正在处理，请稍后查询结果。"]).ExecuteAsync(context);
        }
        else
        {
            context.Response.StatusCode = before.Status;
            context.Response.Headers["Idempotency-Replayed"] = "true";
            if (before.Body is { Length: > 0 } body)
            {
                context.Response.ContentType = before.Status >= 400 ? "application/problem+json" : "application/json; charset=utf-8";
                await context.Response.WriteAsync(body);
            }
        }
    }

    private static async Task AnswerOnceAsync(
        HttpContext context, RequestDelegate next, IDbContextFactory<ApprovalsDbContext> records, Guid me, string key)
    {
        var body = context.Response.Body;
        using var copy = new MemoryStream();
        context.Response.Body = copy;
        var isFinal = false;
        try
        {
            await next(context);
            isFinal = context.Response.StatusCode < 500;
        }
        finally
        {
            context.Response.Body = body;

            // A fault is not an answer: the same request may be tried again under its key.
            await using var db = await records.CreateDbContextAsync();
            var mine = db.IdempotencyRecords.Where(one => one.PersonId == me && one.Key == key);
            var (status, text) = (context.Response.StatusCode, Encoding.UTF8.GetString(copy.ToArray()));
            _ = isFinal
                ? await mine.ExecuteUpdateAsync(set => set.SetProperty(one => one.Status, status).SetProperty(one => one.Body, text))
                : await mine.ExecuteDeleteAsync();
        }

        copy.Position = 0;
        await copy.CopyToAsync(body);
    }

    private static async Task<string> HashAsync(HttpContext context)
    {
        context.Request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}\n"));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }

        context.Request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
