using Approvals.Core.Data;
using Approvals.Documents.Fonts;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Approvals.Web.Hosting;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: database, migrations, files, fonts are in order.</summary>
internal static class Health
{
    private const string Ready = "ready";

    public static void AddHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddDbContextCheck<ApprovalsDbContext>("database", tags: [Ready])
        .AddCheck<MigrationsCheck>("migrations", tags: [Ready])
        .AddCheck<FilesCheck>("files", tags: [Ready])
        .AddCheck<FontsCheck>("fonts", tags: [Ready]);

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(Ready),
            ResponseWriter = WriteAsync,
        }).AllowAnonymous();
    }

    // Names and verdicts only: the page is public, and a database's fault text can name servers and accounts.
    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status.ToString()),
    });

    private sealed class MigrationsCheck(ApprovalsDbContext db) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var pending = await db.Database.GetPendingMigrationsAsync(cancellationToken);
            return pending.Any() ? HealthCheckResult.Unhealthy("Migrations are pending.") : HealthCheckResult.Healthy();
        }
    }

    private sealed class FilesCheck(IOptions<DataOptions> options) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var probe = Path.Combine(options.Value.Folder, $".health-{Guid.CreateVersion7():N}");
            try
            {
                await File.WriteAllTextAsync(probe, "ok", cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return HealthCheckResult.Unhealthy("The data folder cannot be written.", fault);
            }
            finally
            {
                // On a full disk it was made and is empty.
                File.Delete(probe);
            }
        }
    }

    private sealed class FontsCheck(FontLibrary fonts) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(fonts.MissingGlyphs(FontLibrary.NameProbe).Count == 0
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("A font lacks letters that names need."));
    }
}
