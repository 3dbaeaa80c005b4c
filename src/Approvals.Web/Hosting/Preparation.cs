using Approvals.Core.Data;
using Approvals.Core.Hosting;

namespace Approvals.Web.Hosting;

/// <summary>What is done once before the first request: migrations, then the start-up tasks in their order.</summary>
internal static class Preparation
{
    public static async Task PrepareAsync(this WebApplication app)
    {
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(app.Lifetime.ApplicationStopping);

        foreach (var type in TaskTypes(app.Services))
        {
            // A scope of its own per task: a task that fails half-way leaves nothing behind in the next one's change tracker.
            await using var scope = app.Services.CreateAsyncScope();
            var task = scope.ServiceProvider.GetServices<IStartupTask>().Single(one => one.GetType() == type);
            await task.RunAsync(app.Lifetime.ApplicationStopping);
        }
    }

    private static List<Type> TaskTypes(IServiceProvider services)
    {
        using var scope = services.CreateScope();
        return scope.ServiceProvider.GetServices<IStartupTask>().OrderBy(one => one.Order).Select(one => one.GetType()).ToList();
    }
}
