using Approvals.Core.Data;
using Approvals.Core.Hosting;
using Approvals.Core.Timers;

namespace Approvals.Web.Hosting;

/// <summary>What is done once before the first request: migrations, then the start-up tasks in their order.</summary>
internal static class Preparation
{
    public static async Task PrepareAsync(this WebApplication app)
    {
        // What every database holds is written by one process at a time; catching up may take minutes and is done by all together.
        var tasks = Tasks(app.Services);
        var stop = app.Lifetime.ApplicationStopping;
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(
            () => RunAsync(app.Services, tasks.Where(task => task.Order < CatchUp.After), stop), stop);
        await RunAsync(app.Services, tasks.Where(task => task.Order >= CatchUp.After), stop);
    }

    private static async Task RunAsync(
        IServiceProvider services, IEnumerable<(Type Type, int Order)> tasks, CancellationToken cancellationToken)
    {
        foreach (var (type, _) in tasks)
        {
            // A scope of its own per task: a task that fails half-way leaves nothing behind in the next one's change tracker.
            await using var scope = services.CreateAsyncScope();
            var task = scope.ServiceProvider.GetServices<IStartupTask>().Single(one => one.GetType() == type);
            await task.RunAsync(cancellationToken);
        }
    }

    private static List<(Type Type, int Order)> Tasks(IServiceProvider services)
    {
        using var scope = services.CreateScope();
        return [.. scope.ServiceProvider.GetServices<IStartupTask>().OrderBy(one => one.Order).Select(one => (one.GetType(), one.Order))];
    }
}
