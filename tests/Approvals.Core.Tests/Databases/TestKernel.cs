using Approvals.Core.Data;
using Approvals.Core.Tests.SqlServer.Twin;
using Approvals.Data.Sqlite;
using Approvals.Web.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Approvals.Core.Tests.Databases;

/// <summary>The kernel as the product registers it, on a database and a data folder of its own, with a clock the test moves.</summary>
public sealed class TestKernel : IAsyncDisposable
{
    private readonly string provider;
    private readonly string connectionString;
    private readonly Action<IServiceCollection>? extra;
    private ServiceProvider services;

    private TestKernel(string provider, string connectionString, string folder, Action<IServiceCollection>? extra)
    {
        (this.provider, this.connectionString, this.extra, Folder) = (provider, connectionString, extra, folder);
        services = Build();
    }

    /// <summary>Starts at 2026-03-02 09:00 in China, a Monday.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));

    public string Folder { get; }

    public IServiceProvider Services => services;

    public static async Task<TestKernel> StartAsync(string provider, Action<IServiceCollection>? extra = null)
    {
        var folder = Directory.CreateTempSubdirectory("approvals-test-").FullName;
        return new TestKernel(provider, await DatabaseTemplate.CopyAsync(provider, folder), folder, extra);
    }

    public static async Task<TestKernel> StartEmptyAsync(string provider)
    {
        var folder = Directory.CreateTempSubdirectory("approvals-test-").FullName;
        return new TestKernel(provider, await DatabaseTemplate.EmptyAsync(provider, folder), folder, null);
    }

    /// <summary>Everything in memory is gone; database, data folder and clock stay.</summary>
    public async Task RestartAsync()
    {
        await services.DisposeAsync();
        services = Build();
    }

    /// <summary>Runs in a scope of its own, as a request or a job does.</summary>
    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    /// <summary>Runs a unit of work in a scope of its own.</summary>
    public Task<T> CommitAsync<T>(Func<IServiceProvider, UnitOfWorkScope, Task<T>> work) => InScopeAsync(
        scope => scope.GetRequiredService<UnitOfWork>().RunAsync(unit => work(scope, unit), TestContext.Current.CancellationToken));

    /// <summary>The same without a result.</summary>
    public Task CommitAsync(Action<IServiceProvider, ApprovalsDbContext> work) => CommitAsync((scope, unit) =>
    {
        work(scope, unit.Db);
        return Task.FromResult(true);
    });

    /// <summary>Reads from a fresh context.</summary>
    public Task<T> ReadAsync<T>(Func<ApprovalsDbContext, Task<T>> read) =>
        InScopeAsync(scope => read(scope.GetRequiredService<ApprovalsDbContext>()));

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await DatabaseTemplate.DropAsync(provider, connectionString);
        Directory.Delete(Folder, recursive: true);
    }

    private ServiceProvider Build()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = provider,
            ["ConnectionStrings:Approvals"] = connectionString,
            ["Data:Folder"] = Folder,
        }).Build();
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<IConfiguration>(configuration);
        collection.AddSingleton<TimeProvider>(Time);
        collection.AddApprovalsData(configuration);
        if (provider == SqliteDatabase.Name)
            SqlServerTwin.Watch(collection);
        extra?.Invoke(collection);
        return collection.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }
}
