using Approvals.Core.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Approvals.Core.Hosting;

/// <summary>Prepares the product before the first request: migrations, then every <see cref="IStartupTask"/> in its order.</summary>
public sealed class StartupRunner(DatabaseMigrator migrator, IServiceScopeFactory scopes, ILogger<StartupRunner> log)
{
    /// <summary>Runs everything; a fault stops the start, because half-prepared is worse than not started.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await migrator.MigrateAsync(cancellationToken);
        foreach (var type in TaskTypes())
        {
            await using var scope = scopes.CreateAsyncScope();
            var task = scope.ServiceProvider.GetServices<IStartupTask>().First(one => one.GetType() == type);
            log.LogInformation("Start-up: {Task}", type.Name);
            await task.RunAsync(cancellationToken);
        }
    }

    private List<Type> TaskTypes()
    {
        using var scope = scopes.CreateScope();
        return [.. scope.ServiceProvider.GetServices<IStartupTask>().OrderBy(task => task.Order).Select(task => task.GetType())];
    }
}
