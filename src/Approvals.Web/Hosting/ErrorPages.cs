using Approvals.Web.Api;

namespace Approvals.Web.Hosting;

/// <summary>Every refusal and fault gets a page in plain words, or problem details for the API.</summary>
internal static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseWhen(context => context.IsApi(), api =>
        {
            api.UseExceptionHandler();
            api.UseStatusCodePages();
        });
        app.UseWhen(context => !context.IsApi(), pages =>
        {
            pages.UseExceptionHandler("/error/500");
            pages.UseStatusCodePagesWithReExecute("/error/{0}");
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
}
