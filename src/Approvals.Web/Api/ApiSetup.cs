using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Localization;

namespace Approvals.Web.Api;

/// <summary>The HTTP API for other office systems: <c>/api/v1</c>, described by <c>/openapi/v1.json</c> and docs/api.md.</summary>
internal static class ApiSetup
{
    public const string Root = "/api/v1";

    /// <summary>Whether a request is for the API: a token signs it in, and refusals are problem details instead of pages.</summary>
    public static bool IsApi(this HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/openapi");

    public static void AddApi(this IServiceCollection services)
    {
        services.AddScoped<Problems>();
        services.AddScoped<CaseRefusals>();
        services.AddScoped<SubmittedFields>();
        services.AddSingleton<IdempotencyStore>();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Problems.Complete);
        services.AddExceptionHandler<ApiFaults>();

        // A body that cannot be read is thrown and told by ApiFaults with the place in it that is wrong.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions));
        services.Configure<RequestLocalizationOptions>(options => options.RequestCultureProviders.Add(
            new CustomRequestCultureProvider(context => Task.FromResult(
                context.IsApi() ? new ProviderCultureResult(ApiLanguage.Asked(context)) : null))));
        services.AddApiDescription();
    }

    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization();
        var api = app.MapGroup(Root).RequireAuthorization().AddEndpointFilter(RequireTokenFromBrowsersAsync);
        api.MapCases();
        api.MapAttachments();
        api.MapDocuments();
        api.MapTasks();
        api.MapTaskActs();
        api.MapCaseActs();
    }

    /// <summary>Enums by name, Chinese as it is; a property the API does not know is refused, for it is a typing error.</summary>
    private static void Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
    }

    // A browser sends its cookie by itself, so a request signed in by cookie must also show what only our pages know.
    private static async ValueTask<object?> RequireTokenFromBrowsersAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var method = http.Request.Method;
        var isSafe = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        if (!isSafe && http.User.Identity?.AuthenticationType != ApiTokenAuthentication.SchemeName
            && !await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
        {
            return http.RequestServices.GetRequiredService<Problems>().NoAntiforgeryToken();
        }

        return await next(context);
    }
}
