using Approvals.Core.Telemetry;
using Approvals.Workflows;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Approvals.Web.Hosting;

/// <summary>OpenTelemetry metrics and traces, sent only when an OTLP address is configured (OTEL_EXPORTER_OTLP_ENDPOINT).</summary>
internal static class Telemetry
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        // Nobody listens otherwise, and its libraries and listeners cost memory and a little of every request.
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("approvals"))
            .WithMetrics(metrics => metrics
                .AddMeter(Measures.MeterName)
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation())
            .WithTracing(traces => traces
                .AddSource(Tracing.SourceName, BurstTrace.SourceName)
                .AddHttpClientInstrumentation()
                .AddAspNetCoreInstrumentation(options =>
                {
                    // The query may name people, and the path of a public address is a code that opens something; the route alone says
                    // which page it was. It is known at the end.
                    options.EnrichWithHttpRequest = (activity, _) => activity.SetTag("url.query", null).SetTag("url.path", null);
                    options.EnrichWithHttpResponse = (activity, response) => activity.SetTag("url.path", RouteOf(response.HttpContext));
                    options.Filter = context => !context.Request.Path.StartsWithSegments("/health");
                }))
            .UseOtlpExporter();
    }

    /// <summary>The route that was asked for, also when an error page answered; null when there is none.</summary>
    private static string? RouteOf(HttpContext context) =>
        (context.Items.TryGetValue(typeof(RouteEndpoint), out var asked) ? asked : context.GetEndpoint()) is RouteEndpoint { RoutePattern.RawText: { } route }
            ? "/" + route.TrimStart('/') : null;

    /// <summary>Gauges exist from the start, not from the first use of who makes them.</summary>
    public static void WatchBacklog(this WebApplication app) => app.Services.GetRequiredService<Backlog>();
}
