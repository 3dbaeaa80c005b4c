using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Localization;

namespace Approvals.Web.Api;

/// <summary>The HTTP API for other office systems: <c>/api/v1</c>, described by <c>/openapi/v1.json</c>.</summary>
internal static class ApiSetup
{
    private const string Root = "/api/v1";

    /// <summary>Whether a request is for the API: it is answered with problem details instead of pages.</summary>
    public static bool IsApi(this HttpContext context) => context.Request.Path.StartsWithSegments("/api");

    public static void AddApi(this IServiceCollection services)
    {
        services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Approvals API";
            document.Info.Description = "Authorization: Bearer <token>. POST and PUT honour Idempotency-Key. Errors are RFC 9457 problem details.";
            return Task.CompletedTask;
        }));
        services.AddProblemDetails();
        services.ConfigureHttpJsonOptions(options =>
            options.SerializerOptions.Converters.Add(new System.Text.Json.Serialization.JsonStringEnumConverter()));
        services.Configure<RequestLocalizationOptions>(options => options.RequestCultureProviders.Add(
            new CustomRequestCultureProvider(context => Task.FromResult(
                context.IsApi() && context.Request.Headers.AcceptLanguage.ToString().StartsWith("en", StringComparison.OrdinalIgnoreCase)
                    ? new ProviderCultureResult("en")
                    : null))));
    }

    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        var api = app.MapGroup(Root).RequireAuthorization().WithTags("Approvals").AddEndpointFilter(RequireTokenFromBrowsersAsync);
        api.MapCases();
        api.MapTasks();

        // Which addresses the API has is told only to those who may use it.
        app.MapFallback("/api/{**rest}", () => Results.NotFound()).RequireAuthorization();
    }

    // A browser sends its cookie by itself, so a request signed in by cookie must also show the anti-forgery header.
    private static async ValueTask<object?> RequireTokenFromBrowsersAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var isSafe = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (!isSafe && !http.Request.Headers.ContainsKey("Authorization")
            && !await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
        {
            return Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: "X-CSRF-TOKEN");
        }

        return await next(context);
    }
}
