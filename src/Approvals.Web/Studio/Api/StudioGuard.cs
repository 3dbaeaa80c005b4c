using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Antiforgery;

namespace Approvals.Web.Studio.Api;

/// <summary>
/// Keeps foreign pages and readers from changing anything. Studio signs in by the cookie, which a browser sends with every request, so
/// a request that changes must show that one of our pages sent it: by the browser's own word (<c>Sec-Fetch-Site</c>, which browsers
/// send over TLS and to localhost) or by the anti-forgery token in <c>X-CSRF-TOKEN</c>.
/// </summary>
internal static class StudioGuard
{
    /// <summary>Marks a POST that changes nothing, so that auditors may call it.</summary>
    public static readonly object ReadsOnlyMark = new ReadsOnlyMetadata();

    public static async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
            return await next(context);
        if (!await IsFromOurPageAsync(http))
            return StudioAnswers.Refused("请求不是从本系统的页面发出的，未作任何改变。请刷新页面后重试。");
        if (HasForeignBody(http.Request))
            return StudioAnswers.Error(StatusCodes.Status415UnsupportedMediaType);
        if (!http.User.IsInRole(Roles.ProcessOwner) && http.GetEndpoint()?.Metadata.GetMetadata<ReadsOnlyMetadata>() is null)
            return StudioAnswers.Error(StatusCodes.Status403Forbidden);
        return await next(context);
    }

    private static async Task<bool> IsFromOurPageAsync(HttpContext http) =>
        http.Request.Headers["Sec-Fetch-Site"] == "same-origin"
        || await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http);

    /// <summary>JSON, or files where an endpoint takes them; a form that any page could send is neither.</summary>
    private static bool HasForeignBody(HttpRequest request) =>
        request.ContentLength is not (null or 0) && !request.HasJsonContentType()
        && request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) != true;

    private sealed class ReadsOnlyMetadata;
}
