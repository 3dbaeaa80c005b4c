using Approvals.Core.Organisation;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Settings.Configuration;

namespace Approvals.Web.Hosting;

/// <summary>
/// Structured logs (one JSON object a line) without personal data: a request is logged by method, route and status only — never
/// its query, form values or the page's title — and by the id of who asked, never a name, so that a refused read can be followed up.
/// </summary>
internal static class StructuredLogging
{
    /// <summary>Under this a request keeps the id in its address.</summary>
    private static readonly object ThingKey = new();

    /// <summary>Where configuration may send logs. Named, because otherwise every assembly beside the program is looked into at each start.</summary>
    private static readonly ConfigurationReaderOptions Sinks =
        new(typeof(ConsoleLoggerConfigurationExtensions).Assembly, typeof(FileLoggerConfigurationExtensions).Assembly);

    public static void AddStructuredLogging(this WebApplicationBuilder builder) =>
        builder.Services.AddSerilog(
            (services, logger) => logger
                .ReadFrom.Configuration(builder.Configuration, Sinks)
                .ReadFrom.Services(services)
                .Enrich.FromLogContext()
                .Enrich.With<WithoutPath>()
                .WriteTo.Console(new RenderedCompactJsonFormatter()),
            preserveStaticLogger: true);

    /// <summary>
    /// An error page takes the request's place; logs and traces keep the route that was asked for, and the id in it. Stands after routing.
    /// </summary>
    public static void UseAskedRoute(this WebApplication app) => app.Use((context, next) =>
    {
        context.Items.TryAdd(typeof(RouteEndpoint), context.GetEndpoint());
        if (Guid.TryParse(context.Request.RouteValues.GetValueOrDefault("id") as string, out var id))
            context.Items.TryAdd(ThingKey, id);
        return next(context);
    });

    public static void UseRequestLogging(this WebApplication app) =>
        app.UseSerilogRequestLogging(options =>
        {
            // This host's own logger: the static one is shared by every host of the process.
            options.Logger = app.Services.GetRequiredService<Serilog.ILogger>();
            options.IncludeQueryInRequestPath = false;
            options.MessageTemplate = "{RequestMethod} {Route} {StatusCode} in {Elapsed:0.0} ms";
            options.GetMessageTemplateProperties = (context, _, elapsed, status) =>
            [
                new LogEventProperty("RequestMethod", new ScalarValue(context.Request.Method)),
                new LogEventProperty("Route", new ScalarValue(RouteOf(context))),
                new LogEventProperty("StatusCode", new ScalarValue(status)),
                new LogEventProperty("Elapsed", new ScalarValue(elapsed)),
                .. WhoAndWhat(context, status),
            ];
            options.GetLevel = (context, _, fault) => LevelOf(context, fault);
        });

    /// <summary>
    /// Whoever is signed in, and where the request was refused what it was about: ids only. A route value that is no id of ours could be
    /// anything that somebody typed, and what strangers open by an id is nobody's business.
    /// </summary>
    private static IEnumerable<LogEventProperty> WhoAndWhat(HttpContext context, int status)
    {
        if (context.RequestServices?.GetService<CurrentPerson>()?.Id is not { } person)
            yield break;
        yield return new LogEventProperty("Person", new ScalarValue(person));
        if (status is StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound
            && context.Items.TryGetValue(ThingKey, out var thing))
        {
            yield return new LogEventProperty("Thing", new ScalarValue(thing));
        }
    }

    // The pattern, not the path: a path can carry a certificate number, and a mistyped one can carry anything.
    private static string RouteOf(HttpContext context) =>
        (context.Items[typeof(RouteEndpoint)] ?? context.GetEndpoint()) is RouteEndpoint endpoint ? "/" + endpoint.RoutePattern.RawText?.TrimStart('/') : "(no route)";

    /// <summary>The framework adds the path to everything that is logged while a request runs.</summary>
    private sealed class WithoutPath : ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) => logEvent.RemovePropertyIfPresent("RequestPath");
    }

    private static LogEventLevel LevelOf(HttpContext context, Exception? fault)
    {
        if (fault is not null || context.Response.StatusCode >= 500)
        {
            return LogEventLevel.Error;
        }

        if (context.Response.StatusCode >= 400)
        {
            return LogEventLevel.Warning;
        }

        return context.Request.Path.StartsWithSegments("/health") ? LogEventLevel.Debug : LogEventLevel.Information;
    }
}
