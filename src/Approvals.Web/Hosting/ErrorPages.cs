using Approvals.Web.Api;
using Approvals.Web.Studio.Api;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace Approvals.Web.Hosting;

/// <summary>Every refusal and fault gets a page in plain words, or problem details for the API.</summary>
internal static class ErrorPages
{
    private static readonly string[] Methods =
        [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete, HttpMethods.Options];

    public static void UseErrorPages(this WebApplication app)
    {
        app.UseWhen(context => context.IsApi(), api =>
        {
            api.UseExceptionHandler();
            api.UseStatusCodePages();
        });
        app.UseWhen(context => context.IsStudioApi(), studio => studio.UseStudioFaults());
        app.UseWhen(context => !context.IsApi() && !context.IsStudioApi(), pages =>
        {
            pages.UseExceptionHandler("/error/500");
            pages.UseStatusCodePagesWithReExecute("/error/{0}");
            pages.Use(RefuseAsync);
        });
    }

    /// <summary>
    /// An address that does not exist is 404 for everybody instead of asking strangers to sign in; under the API a token is asked for
    /// first. Not by a fallback endpoint, which would also take requests to known addresses that have no body, or one of another kind.
    /// </summary>
    public static void UseNotFound(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint() is not null || context.IsApi())
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    /// <summary>Refuses methods that nothing here knows, as <c>TRACE</c>: a page would answer as if it were read.</summary>
    public static void UseKnownMethods(this WebApplication app) => app.Use((context, next) =>
    {
        if (Methods.Contains(context.Request.Method))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        return Task.CompletedTask;
    });

    // A malformed form is the sender's mistake, not a fault of ours. And the page that tells of it must not read that form again: a
    // bad anti-forgery token would refuse the page, too.
    private static async Task RefuseAsync(HttpContext context, RequestDelegate next)
    {
        var (features, method) = (context.Features, context.Request.Method);
        var isErrorPage = features.Get<IStatusCodeReExecuteFeature>() is not null || features.Get<IExceptionHandlerPathFeature>() is not null;
        context.Request.Method = isErrorPage && !HttpMethods.IsHead(method) ? HttpMethods.Get : method;
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException fault) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = fault.StatusCode;
        }
        catch (InvalidOperationException) when (!context.Response.HasStarted && features.Get<IAntiforgeryValidationFeature>() is { IsValid: false })
        {
            // So a handler that the compiler wrote is told when it reads a form whose token was missing or wrong.
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        catch (Exception fault) when (!context.Response.HasStarted && StorageFault.IsBehind(fault))
        {
            context.RequestServices.GetRequiredService<ILogger<Program>>()
                .LogError(fault, "The database or the disk did not take part in a request");
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = StorageFault.RetryAfter;

            // The page itself asks who is signed in; where that cannot be read either, a line of text is all there is.
            if (isErrorPage)
                await context.Response.WriteAsync("系统暂时不能读写数据，请稍后再试。");
        }
        finally
        {
            context.Request.Method = method;
        }
    }
}
