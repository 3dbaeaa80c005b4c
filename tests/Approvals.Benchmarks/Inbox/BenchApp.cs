using Approvals.Core.Data;
using Approvals.Web.Pages.Inbox;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Benchmarks.Inbox;

/// <summary>The whole product in this process with the demonstration bureau, on an SQLite file in a temporary folder.</summary>
internal sealed class BenchApp : WebApplicationFactory<IndexModel>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("approvals-bench-").FullName;

    public string Database => Path.Combine(_folder, "approvals.db");

    /// <summary>A browser in which somebody of the demonstration bureau has signed in.</summary>
    public async Task<Browser> SignedInAsync(string userName)
    {
        var browser = new Browser(CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));
        var page = await browser.GetAsync("/account/sign-in");
        var answer = await browser.PostAsync(page.Form("autocomplete=\"username\"").Set("UserName", userName).Set("Password", "Demo-2026!"));
        return answer.Location is not null ? browser : throw new InvalidOperationException($"{userName} could not sign in.");
    }

    /// <summary>Reads the database.</summary>
    public async Task<T> ReadAsync<T>(Func<ApprovalsDbContext, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<ApprovalsDbContext>());
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.ConfigureAppConfiguration((_, configuration) => configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["RateLimits:PerPersonPerMinute"] = "1000000",
            ["Serilog:MinimumLevel:Default"] = "Warning",
        }));
        builder.UseSetting("Data:Folder", _folder);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
