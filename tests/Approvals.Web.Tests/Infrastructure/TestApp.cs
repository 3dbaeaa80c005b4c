using System.Net;
using Approvals.Core.Data;
using Approvals.Core.Tests.SqlServer.Twin;
using Approvals.Web.Demo;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace Approvals.Web.Tests.Infrastructure;

/// <summary>
/// The whole product in this process on an SQLite database in a folder of its own, with the demonstration bureau and a clock that
/// stands until a test moves it. Monday, 2026-11-23 09:00 in China.
/// </summary>
public sealed class TestApp : WebApplicationFactory<Program>
{
    private string? folder;

    /// <summary>The clock of the product.</summary>
    public FakeTimeProvider Clock { get; init; } = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));

    /// <summary>Where its data is; a folder of its own unless a test lets one host follow another on the same data.</summary>
    public string Folder { get => folder ??= Directory.CreateTempSubdirectory("approvals-web-").FullName; init => folder = value; }

    /// <summary>Whether the folder outlives this host.</summary>
    public bool KeepsFolder { get; init; }

    /// <summary>Configuration beyond the usual.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Puts services in the place of the product's own, e.g. what listens to its logs.</summary>
    public Action<IServiceCollection> Replace { get; init; } = _ => { };

    /// <summary>Environment to run in.</summary>
    public string Environment { get; init; } = "Development";

    /// <summary>Whether Hangfire runs; without it, timers and messages wait until a test runs what is due.</summary>
    public bool RunsJobs { get; init; } = true;

    /// <summary>A browser without redirects of its own, so that a test sees each answer.</summary>
    /// <param name="address">Address of the product, e.g. with https.</param>
    public Browser Browser(string address = "http://localhost") => new(CreateClient(
        new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new Uri(address) }));

    /// <summary>A browser in which a person of the demonstration bureau has signed in.</summary>
    /// <param name="userName">User name, e.g. <c>liuzhiqiang</c>.</param>
    public async Task<Browser> SignedInAsync(string userName)
    {
        var browser = Browser();
        var page = await browser.GetAsync("/account/sign-in");
        var answer = await browser.PostAsync(
            page.Form("autocomplete=\"username\"").Set("UserName", userName).Set("Password", DemoBureau.Password));
        return answer.Status == HttpStatusCode.Redirect
            ? browser
            : throw new InvalidOperationException($"{userName} could not sign in: {answer.Status}\n{answer.Text}");
    }

    /// <summary>Reads the database, or writes what a test needs to find there.</summary>
    public async Task<T> DatabaseAsync<T>(Func<ApprovalsDbContext, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<ApprovalsDbContext>());
    }

    /// <summary>Runs a service of the product in a scope of its own.</summary>
    public async Task<T> ServiceAsync<TService, T>(Func<TService, Task<T>> work) where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <inheritdoc />
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environment);
        builder.ConfigureAppConfiguration((_, configuration) => configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Serilog:MinimumLevel:Default"] = "Warning",
        }));
        builder.UseSetting("Data:Folder", Folder);
        builder.UseSetting("Demo:Register", "false");
        builder.UseSetting("RateLimits:PerPersonPerMinute", "100000");
        builder.UseSetting("RateLimits:PerAddressPerMinute", "100000");
        foreach (var (key, value) in Settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            SqlServerTwin.Watch(services);
            Replace(services);
            if (!RunsJobs)
            {
                foreach (var server in services.Where(IsJobServer).ToList())
                    services.Remove(server);
            }
        });
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (!KeepsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static bool IsJobServer(ServiceDescriptor service) => !service.IsKeyedService
        && service.ImplementationFactory?.GetType().GenericTypeArguments[1] == typeof(Hangfire.BackgroundJobServerHostedService);
}
