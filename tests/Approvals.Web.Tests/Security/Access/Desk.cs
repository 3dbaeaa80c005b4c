using System.Net;
using Approvals.Core.Inbox;
using Approvals.Core.Notifications;
using Approvals.Core.Timers;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Security.Access;

/// <summary>People of the demonstration bureau at work, each signed in once a day.</summary>
internal sealed class Desk(TestApp app) : IDisposable
{
    private readonly Dictionary<string, Browser> browsers = [];

    /// <summary>The product.</summary>
    public TestApp App => app;

    /// <summary>The browser of a person.</summary>
    public async Task<Browser> AsAsync(string user) =>
        browsers.TryGetValue(user, out var open) ? open : browsers[user] = await app.SignedInAsync(user);

    /// <summary>The open task that a person has in a case.</summary>
    public Task<Guid> TaskAsync(Guid caseId, string user) => app.DatabaseAsync(db => (
        from task in db.Tasks
        join account in db.Users on task.AssigneeId equals account.PersonId
        where task.CaseId == caseId && task.State == TaskState.Open && account.UserName == user
        orderby task.Id
        select task.Id).FirstAsync(TestContext.Current.CancellationToken));

    /// <summary>Decides a person's task in a case, with a drawn signature, or hands a form in.</summary>
    public async Task SignAsync(string user, Guid caseId, string kind = "Approve", params (string Name, string Value)[] fields)
    {
        var browser = await AsAsync(user);
        var page = await browser.GetAsync($"/tasks/{await TaskAsync(caseId, user)}");
        var form = kind == "Submit" ? page.Form("ShownHash").Set("Kind", kind).Without("redraw") : Applications.Decision(page, kind);
        foreach (var (name, value) in fields)
            form.Set(name, value);
        var answer = await browser.PostAsync(form);
        if (answer.Status != HttpStatusCode.Redirect)
            throw new InvalidOperationException($"{user} could not sign: {answer.Status}\n{answer.Text}");
    }

    /// <summary>Fires what is due and sends what waits, until nothing is left.</summary>
    public async Task RunDueAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        for (var done = 1; done > 0;)
        {
            done = await app.Services.GetRequiredService<TimerSweep>().RunDueAsync(stop);
            done += await app.Services.GetRequiredService<OutboxWorker>().RunDueAsync(stop);
        }
    }

    /// <summary>Lets days pass: everybody signs in anew.</summary>
    public void Wait(TimeSpan time)
    {
        Dispose();
        app.Clock.Advance(time);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var browser in browsers.Values)
            browser.Dispose();
        browsers.Clear();
    }
}
