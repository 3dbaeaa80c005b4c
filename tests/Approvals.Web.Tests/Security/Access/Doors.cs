using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Security.Access;

/// <summary>One way in: a method of an address, for a page each of its handlers.</summary>
/// <param name="Method">GET, POST …</param>
/// <param name="Pattern">Route pattern with a slash before it.</param>
/// <param name="Handler">Named handler of a page; null for none.</param>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Fields">Names of the fields that a handler of a page binds.</param>
/// <param name="Of">Which thing is visited where there are several, one of <see cref="Things"/>; null for the usual one.</param>
internal sealed record Door(string Method, string Pattern, string? Handler, RouteEndpoint Endpoint, IReadOnlyList<string> Fields, string? Of = null)
{
    /// <summary>As the matrix writes it.</summary>
    public string Name => (Handler is null ? $"{Method} {Pattern}" : $"{Method} {Pattern}?handler={Handler}") + (Of is null ? "" : $" ({Of})");

    /// <summary>The content types it takes.</summary>
    public IReadOnlyList<string> Takes => Endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? [];

    /// <summary>Its address with a value for every parameter.</summary>
    public string AddressOf(Func<string, string, string> value)
    {
        var path = "/" + string.Join('/', Endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart { IsCatchAll: true } => "",
            RoutePatternParameterPart { Name: "code" } when Pattern.StartsWith("/error", StringComparison.Ordinal) => "404",
            RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(policy => policy.Content?.StartsWith("int", StringComparison.Ordinal) == true) => "1",
            RoutePatternParameterPart parameter => value(Pattern, parameter.Name),
            _ => "",
        }))));
        return Handler is null ? path : $"{path}?handler={Handler}";
    }

    /// <summary>The door to the usual thing, and to its counterparts where there are some.</summary>
    public IEnumerable<Door> Counterparts()
    {
        yield return this;
        if (Pattern == "/admin/people/{id:guid}" && Handler is not null)
            yield return this with { Of = Handler is "Active" or "AddPost" or "EndPost" ? Things.Systems : Things.Securitys };
        if (IsOwned)
            yield return this with { Of = Things.Another };
        var isTask = Pattern.Contains("/tasks/{id", StringComparison.Ordinal);
        if (!isTask && !IsCase)
            yield break;
        yield return this with { Of = Things.Another };
        var opens = Handler is null && (Pattern is "/cases/{id:guid}" or "/api/v1/cases/{id:guid}" or "/tasks/{id:guid}" or "/api/v1/tasks/{id:guid}");
        foreach (var kind in opens ? [Things.Mission, Things.Insurance, Things.Compensation, Things.Allowance] : Array.Empty<string>())
            yield return this with { Of = kind };
        if (opens && isTask)
            yield return this with { Of = Things.Objection };
    }

    /// <summary>Whether it opens something, other than a case, that belongs to somebody.</summary>
    private bool IsOwned => Pattern is "/events/{id:guid}" or "/insurance/claims/{id:guid}" or "/compensation/{id:guid}/account"
            or "/insurance/claims/{id:guid}/files/{file:guid}"
        || (Method, Pattern, Handler) is ("POST", "/missions", "Back") or ("POST", "/profile/notifications", "Open")
            or ("POST", "/profile/substitutes", "End") or ("POST", "/profile/sessions", null);

    /// <summary>Whether it opens a case, or part of one.</summary>
    public bool IsCase => Pattern.Contains("/cases/{", StringComparison.Ordinal);

    /// <summary>Whether it is a way to a draft.</summary>
    public bool VisitsDraft => IsCase && (Pattern.EndsWith("/edit", StringComparison.Ordinal) || Pattern.EndsWith("/draft", StringComparison.Ordinal)
        || Pattern.EndsWith("/submit", StringComparison.Ordinal) || Pattern.Contains("/attachments/{field", StringComparison.Ordinal));

    /// <summary>Every way into the product, those that end a session last.</summary>
    public static async Task<IReadOnlyList<Door>> AllAsync(IServiceProvider services)
    {
        var loader = services.GetRequiredService<PageLoader>();
        var doors = new List<Door>();
        foreach (var endpoint in services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>())
        {
            var pattern = "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var compiled = page as CompiledPageActionDescriptor ?? await loader.LoadAsync(page, endpoint.Metadata);
                doors.AddRange(compiled.HandlerMethods.Select(one => new Door(
                    one.HttpMethod.ToUpperInvariant(), pattern, string.IsNullOrEmpty(one.Name) ? null : one.Name, endpoint,
                    [.. one.Parameters.Concat(compiled.BoundProperties).Select(field => field.BindingInfo?.BinderModelName ?? field.Name)])));
                if (compiled.HandlerMethods.All(one => !HttpMethods.IsGet(one.HttpMethod)))
                    doors.Add(new Door("GET", pattern, null, endpoint, []));
            }
            else
            {
                var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
                doors.AddRange((methods.Count == 0 ? ["GET"] : methods.Where(method => !HttpMethods.IsHead(method)))
                    .Select(method => new Door(method, pattern, null, endpoint, [])));
            }
        }

        return [.. doors.DistinctBy(door => door.Name).OrderBy(door => !EndsSessions(door) ? 0 : door.Pattern == "/profile/sessions" ? 1 : 2).ThenBy(door => door.Pattern, StringComparer.Ordinal)
            .ThenBy(door => door.Name, StringComparer.Ordinal)];
    }

    private static bool EndsSessions(Door door) =>
        door is { Method: "POST", Pattern: "/profile/sessions" or "/account/sign-out" };
}
