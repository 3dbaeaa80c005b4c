using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Commanders.Rules;
using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Forms;
using Approvals.Core.Hosting;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Core.Regulations;
using Approvals.Core.Tests.Cases;
using Approvals.Web.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Benchmarks.Durable;

/// <summary>The kernel as the product registers it, on a database of its own that is dropped with it.</summary>
internal sealed class BenchKernel : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("approvals-bench-").FullName;
    private readonly ServiceProvider _services;

    private BenchKernel(BenchDatabase database, RecordedWrites? record)
    {
        Database = database;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Data:Folder"] = _folder,
            ["Processes:Folder"] = Path.Combine(_folder, "workflows"),
            ["Database:Provider"] = database.Provider,
            ["ConnectionStrings:Approvals"] = database.ConnectionString,
        }).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddApprovalsData(configuration);
        services.AddOrganisation().AddCalendar().AddForms().AddRegulations().AddCommanderRules().AddFiles();
        services.AddProcesses(configuration).AddCases().AddInbox();
        services.AddScoped<ISignerCheck, Confirmed>();
        if (record is not null)
            services.ConfigureDbContext<ApprovalsDbContext>(options => options.AddInterceptors(record));
        _services = services.BuildServiceProvider();
    }

    public BenchDatabase Database { get; }

    /// <summary>A new database with these processes imported.</summary>
    public static async Task<BenchKernel> StartAsync(BenchDatabase database, params TestProcess[] processes)
    {
        var kernel = new BenchKernel(database, null);
        foreach (var process in processes)
            process.Write(Path.Combine(kernel._folder, "workflows"));
        await kernel._services.GetRequiredService<DatabaseMigrator>().MigrateAsync(default);
        await kernel.InScopeAsync(async scope =>
        {
            foreach (var task in scope.GetServices<IStartupTask>().OfType<ImportProcesses>())
                await task.RunAsync(default);
            return true;
        });
        return kernel;
    }

    /// <summary>Another kernel on a copy of this one's database as it stands now; what it writes goes to the record.</summary>
    public async Task<BenchKernel> CopyAsync(RecordedWrites record) => new(await Database.CopyAsync(), record);

    /// <summary>Runs in a scope of its own, as a request or a job does.</summary>
    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = _services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    /// <summary>The same as a signed-in person.</summary>
    public Task<T> AsAsync<T>(Person person, Func<IServiceProvider, Task<T>> work) => InScopeAsync(scope =>
    {
        scope.GetRequiredService<CurrentPerson>().Set(person.Id, person.Name, []);
        return work(scope);
    });

    /// <summary>Runs a unit of work in a scope of its own.</summary>
    public Task<T> CommitAsync<T>(Func<IServiceProvider, UnitOfWorkScope, Task<T>> work) =>
        InScopeAsync(scope => scope.GetRequiredService<UnitOfWork>().RunAsync(unit => work(scope, unit), default));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Database.DropAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Hashing a password on purpose takes long and is no part of the figure.</summary>
    private sealed class Confirmed : ISignerCheck
    {
        public Task<SignerCheckOutcome> VerifyAsync(Guid personId, string? secret, CancellationToken cancellationToken) =>
            Task.FromResult(SignerCheckOutcome.Confirmed);
    }
}
