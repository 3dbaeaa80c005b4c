using System.Text.Json;
using Approvals.Web.Hosting;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Api;

/// <summary>
/// A body that cannot be read: says where it is wrong instead of only that it is. A database or disk that cannot be written: 503.
/// </summary>
internal sealed class ApiFaults(IProblemDetailsService writer, IStringLocalizer<ApiTexts> texts, ILogger<ApiFaults> log) : IExceptionHandler
{
    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var status = exception switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            InvalidDataException when httpContext.IsApi() => StatusCodes.Status400BadRequest,
            _ when httpContext.IsApi() && Approvals.Workflows.StrictJson.IsUnreadable(exception) => StatusCodes.Status400BadRequest,
            _ when httpContext.IsApi() && StorageFault.IsBehind(exception) => StatusCodes.Status503ServiceUnavailable,
            _ => 0,
        };
        if (status == 0)
        {
            return false;
        }

        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            log.LogError(exception, "The database or the disk did not take part in a request");
            httpContext.Response.Headers.RetryAfter = StorageFault.RetryAfter;
        }

        httpContext.Response.StatusCode = status;
        var details = new ProblemDetails { Status = status };
        if (exception.InnerException is JsonException { Path: { Length: > 0 } path })
        {
            details.Extensions["errors"] = new Dictionary<string, string[]>
            {
                [path.Length > 2 ? path[2..] : path] = [texts["缺少此项、没有这个名称，或值的类型不对。"]],
            };
        }

        return !httpContext.IsApi()
            || await writer.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = details, Exception = exception });
    }
}
