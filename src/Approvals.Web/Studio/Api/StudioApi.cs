using Approvals.Web.Security;

namespace Approvals.Web.Studio.Api;

/// <summary>
/// The part of Elsa's HTTP API that Elsa Studio calls, under <c>/elsa/api</c>: process owners may do everything, auditors read. One file
/// per family of addresses. An endpoint that is a POST but only reads says so with <see cref="ReadsOnly"/>.
/// </summary>
internal static class StudioApi
{
    public const string Root = "/elsa/api";

    /// <summary>Whether a request is Studio's: refusals are then Elsa's error body instead of pages.</summary>
    public static bool IsStudioApi(this HttpContext context) => context.Request.Path.StartsWithSegments("/elsa");

    public static void MapStudioApi(this WebApplication app)
    {
        var group = app.MapGroup(Root)
            .RequireAuthorization(Policies.ProcessReading)
            .ExcludeFromDescription()
            .AddEndpointFilter(StudioGuard.InvokeAsync);
        group.MapDefinitions();
        group.MapDescriptors();
        group.MapInstances();
        group.MapTestRuns();
    }

    /// <summary>Lets auditors call a POST, because it only reads.</summary>
    public static TBuilder ReadsOnly<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(StudioGuard.ReadsOnlyMark);
}
