using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Timers;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>The product behind a real address, on a clock that only a test moves, with timers and messages that only a test runs.</summary>
internal sealed class Office : IAsyncDisposable
{
    private readonly TestApp app;

    private Office(TestApp app) => this.app = app;

    /// <summary>The product's host.</summary>
    public TestApp App => app;

    /// <summary>Where a browser finds it: by the only name that the browser resolves.</summary>
    public string Address => $"http://localhost:{app.ClientOptions.BaseAddress.Port}";

    /// <summary>Today in China.</summary>
    public DateOnly Today => app.Clock.Today();

    /// <summary>Starts the product, on data of its own unless a host is given.</summary>
    public static Office Open(TestApp? host = null)
    {
        var app = host ?? new TestApp { RunsJobs = false };
        app.UseKestrel(0);
        app.StartServer();
        return new Office(app);
    }

    /// <summary>Fires the timers and carries out the messages that are due now, and those that they bring about.</summary>
    public async Task RunDueAsync()
    {
        var none = TestContext.Current.CancellationToken;
        var done = 1;
        while (done > 0)
        {
            done = await app.Services.GetRequiredService<TimerSweep>().RunDueAsync(none)
                + await app.Services.GetRequiredService<OutboxWorker>().RunDueAsync(none);
        }
    }

    /// <summary>Moves the clock to nine o'clock of a day in China and runs what is due by then.</summary>
    public async Task ComeInOnAsync(DateOnly day)
    {
        app.Clock.SetUtcNow(ChinaTime.Instant(day, new TimeOnly(9, 0)));
        await RunDueAsync();
    }

    /// <summary>Reads the database.</summary>
    public Task<T> ReadAsync<T>(Func<ApprovalsDbContext, Task<T>> read) => app.DatabaseAsync(read);

    /// <summary>The case of a process; fails when there is none or more than one.</summary>
    public Task<Case> CaseAsync(string process = "commander-appointment") =>
        ReadAsync(db => db.Cases.AsNoTracking().SingleAsync(row => row.ProcessKey == process));

    /// <inheritdoc />
    public ValueTask DisposeAsync() => app.DisposeAsync();
}
