using System.Net;
using Approvals.Core.Inbox;
using Approvals.Web.Demo;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Security;

/// <summary>What people entered and were shown stands in no log line, at the levels as shipped.</summary>
public sealed class PersonalDataTests
{
    private const string Phone = "13800000001";

    [Fact]
    public async Task No_line_of_the_log_names_a_person_or_carries_what_they_entered()
    {
        var logs = new LogCapture();
        await using var app = new TestApp
        {
            Settings = new Dictionary<string, string?>(LogCapture.ShippedLevels), Replace = logs.AddTo, RunsJobs = false,
        };
        var number = Applications.IdentityNumber("11010119800307103");
        using var applicant = await app.SignedInAsync("liuzhiqiang");
        using var unit = await app.SignedInAsync("chenguihua");
        using var stranger = app.Browser();

        // Applied for, read by the unit, refused by a wrong password, returned with words, looked for, printed, guessed at.
        var id = await Applications.SubmittedAsync(applicant);
        var task = await Applications.OpenTaskAsync(app, id);
        var page = await unit.GetAsync($"/tasks/{task}");
        Assert.Contains(number, page.Text, StringComparison.Ordinal);
        await unit.PostAsync(Applications.Decision(page, nameof(DecisionKind.Return), "电话请改为13912345678").Set("Secret", "wrong").Set("ReturnTo", "apply"));
        await unit.PostAsync(Applications.Decision(await unit.GetAsync($"/tasks/{task}"), nameof(DecisionKind.Return), "电话请改为13912345678")
            .Set("ReturnTo", "apply"));
        foreach (var browser in new[] { applicant, unit })
        {
            await browser.GetAsync($"/cases/{id}");
            await browser.GetAsync($"/cases/{id}/print");
            await browser.PostAsync((await browser.GetAsync("/inbox")).Form("role=\"search\"").Set("term", "刘志强"));
        }

        // Somebody who may not read it asks for it: the line says who and for what, by ids.
        using var curious = await app.SignedInAsync("anquan");
        var refused = await curious.GetAsync($"/cases/{id}");
        Assert.True(refused.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound);
        var person = await app.DatabaseAsync(db => db.Users.Where(row => row.UserName == "anquan").Select(row => row.PersonId).SingleAsync());
        string[] traced = [$"\"StatusCode\":{(int)refused.Status}", $"\"Person\":\"{person}\"", $"\"Thing\":\"{id}\"", "\"Route\":\"/cases/{id"];
        Assert.Single(logs.Lines, line => traced.All(word => line.Contains(word, StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/public/notices/{Guid.NewGuid()}")).Status);
        Assert.DoesNotContain(logs.Lines, line => line.Contains("/public/notices", StringComparison.Ordinal)
            && (line.Contains("\"Person\"", StringComparison.Ordinal) || line.Contains("\"Thing\"", StringComparison.Ordinal)));

        await stranger.GetAsync($"/check?number={number}");
        await stranger.GetAsync("/刘志强");
        var signIn = await stranger.GetAsync("/account/sign-in");
        await stranger.PostAsync(signIn.Form("autocomplete=\"username\"").Set("UserName", number).Set("Password", "Geheim-刘志强-2026"));
        await app.ServiceAsync<Approvals.Core.Notifications.OutboxWorker, int>(worker => worker.RunDueAsync(default));

        Assert.Equal(1, await app.DatabaseAsync(db => db.Decisions.CountAsync(row => row.CaseId == id && row.Kind == DecisionKind.Return)));
        Assert.NotEmpty(logs.Lines);
        string[] secrets = [number, Phone, "13912345678", "Geheim", DemoBureau.Password, .. DemoBureau.People.Select(person => person.Name)];
        foreach (var secret in secrets)
        {
            var encoded = WebUtility.UrlEncode(secret);
            Assert.DoesNotContain(logs.Lines, line => line.Contains(secret, StringComparison.Ordinal) || line.Contains(encoded, StringComparison.Ordinal));
        }
    }
}
