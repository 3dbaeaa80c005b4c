using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Approvals.Web.Api;

/// <summary>The OpenAPI description: how to sign in, what a key does, and every refusal an operation knows.</summary>
internal static class ApiDescription
{
    private const string About =
        "Approvals for emergency-management bureaus. Sign in with `Authorization: Bearer <token>`; the token's rights are those of the "
        + "person it acts as. Refusals are problem details (RFC 9457) whose `type` is stable (`urn:approvals:…`); titles are Chinese, or "
        + "English with `Accept-Language: en`. Lists are paged: send `next` back as `after`.";

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer(DescribeKeyAsync);
    });

    /// <summary>Names the refusals of an operation in its description.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses.Append(429))
        {
            endpoint.ProducesProblem(status);
        }

        return endpoint;
    }

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken stop)
    {
        document.Info.Title = "Approvals API";
        document.Info.Version = "1";
        document.Info.Description = About;
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes["bearer"] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "A token made by a security administrator under 接口令牌.",
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] }];
        return Task.CompletedTask;
    }

    private static Task DescribeKeyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        if (context.Description.HttpMethod is "POST" or "PUT")
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = Idempotency.Header,
                In = ParameterLocation.Header,
                Description = "Any text of the caller's, one per act, e.g. a UUID. The same request with the same key is answered again "
                    + "with the first answer for 24 hours.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = Idempotency.LongestKey },
            });
        }

        return Task.CompletedTask;
    }
}
