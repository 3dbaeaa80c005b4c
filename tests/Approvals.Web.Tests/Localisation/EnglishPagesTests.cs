using System.Net;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests.Localisation;

/// <summary>Every page reads English for who chose it: captions, messages, steps, forms, findings, history.</summary>
public sealed class EnglishPagesTests : IAsyncDisposable
{
    private readonly TestApp app = new() { RunsJobs = false };
    private readonly List<string> left = [];

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Pages_of_applicants_deciders_administrators_and_the_public_hold_no_Chinese_of_ours()
    {
        using var applicant = await app.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        var draft = (await Applications.DraftAsync(applicant)).Address;
        var task = await Applications.OpenTaskAsync(app, caseId);
        await ReadAsync("liuzhiqiang",
            "/inbox", "/inbox?tab=done", "/inbox?tab=started", "/inbox?tab=copied", "/start", draft, $"/cases/{caseId}", "/profile",
            "/profile/notifications", "/profile/signature", "/profile/substitutes", "/profile/sessions", "/account/password", "/account/two-factor");
        await ReadAsync("chenguihua", "/inbox", $"/tasks/{task}", $"/cases/{caseId}", "/profile/notifications");
        await ReadAsync("xitong",
            "/cases", "/admin/organisation", "/admin/people", "/admin/unassigned", "/admin/incidents", "/admin/jobs");
        await ReadAsync("anquan", "/admin/people", "/admin/roles", "/admin/tokens");
        await ReadAsync("shenhong", "/admin/parameters", "/admin/parameters/commander.age.max", "/admin/calendar");
        await ReadAsync("shenji", "/admin/audit", "/cases", "/commanders");
        await ReadAsync("zhangwei", "/training", "/training/edit");
        await ReadAsync("pengfei", "/objections");
        await ReadAsync("huangting", "/commanders");
        await ReadAsync(null, "/account/sign-in", "/public/notices", "/check", "/check?number=none", "/nowhere");
        Assert.True(left.Count == 0, string.Join('\n', left.Distinct()));
    }

    [Fact]
    public async Task Messages_about_what_was_typed_are_English_too()
    {
        using var applicant = await app.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        EnglishPages.Switch(applicant);
        var draft = await Applications.DraftAsync(applicant);
        await RefusedAsync(applicant, draft.Form("id=\"draft\"").Set("act", "submit"));
        draft = await applicant.GetAsync(draft.Address);
        await RefusedAsync(applicant, Applications.Filled(draft).Set("data.identityNumber", "123").Set("data.phone", "1").Set("data.email", "x")
            .Set("data.commandHistory[0].from", "2031-01-01").Set("data.commandHistory[0].until", "nonsense").Set("data.specialty", "gone")
            .Set("data.achievements", new string('业', 5000)).Set("act", "submit"));
        draft = await applicant.GetAsync(draft.Address);
        await RefusedAsync(applicant, Applications.Filled(draft).Set("data.identityNumber", "110101201503071035").Set("act", "submit"));

        using var unit = await app.SignedInAsync("chenguihua");
        EnglishPages.Switch(unit);
        var task = await unit.GetAsync($"/tasks/{await Applications.OpenTaskAsync(app, caseId)}");
        await RefusedAsync(unit, Applications.Decision(task, "Return", "").Set("ReturnTo", "nowhere").Set("Secret", "").Without("Drawing"));
        await RefusedAsync(unit, Applications.Decision(task, "Approve").Set("Secret", "wrong"));
        await RefusedAsync(unit, Applications.Decision(task, "Approve"));

        using var owner = await app.SignedInAsync("shenhong");
        EnglishPages.Switch(owner);
        var parameter = await owner.GetAsync("/admin/parameters/commander.age.max");
        await RefusedAsync(owner, parameter.Form("name=\"Value\"").Set("Value", "1,2").Set("EffectiveFrom", "2020-01-01").Set("Reason", ""));
        await RefusedAsync(owner, parameter.Form("name=\"Value\"").Set("Value", "1000").Set("EffectiveFrom", "x").Set("Reason", ""));

        using var officer = await app.SignedInAsync("zhangwei");
        EnglishPages.Switch(officer);
        var session = await officer.GetAsync("/training/edit");
        await RefusedAsync(officer, session.Form("name=\"Capacity\"").Set("Capacity", "0"));
        Assert.True(left.Count == 0, string.Join('\n', left.Distinct()));
    }

    private async Task RefusedAsync(Browser browser, HtmlForm form)
    {
        var english = new EnglishPages(app);
        await english.ReadDataAsync();
        var page = await browser.PostAsync(form);
        if (page.Status is not (HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity))
        {
            left.Add($"{form.Action}: {page.Status}");
        }

        left.AddRange(english.LeftOn(page.Text).Select(text => $"{form.Action}: {text}"));
    }

    private async Task ReadAsync(string? userName, params string[] addresses)
    {
        using var browser = userName is null ? app.Browser() : await app.SignedInAsync(userName);
        EnglishPages.Switch(browser);
        var english = new EnglishPages(app);
        await english.ReadDataAsync();
        foreach (var address in addresses)
        {
            var page = await browser.GetAsync(address);
            if (page.Status is not (HttpStatusCode.OK or HttpStatusCode.NotFound))
            {
                left.Add($"{address}: {page.Status}");
            }

            left.AddRange(english.LeftOn(page.Text).Select(text => $"{address}: {text}"));
        }
    }
}
