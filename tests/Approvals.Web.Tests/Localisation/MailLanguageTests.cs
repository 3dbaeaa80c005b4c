using Approvals.Core.Notifications;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Approvals.Web.Tests.Localisation;

/// <summary>A mail speaks the language that its reader chose, whoever caused it.</summary>
public sealed class MailLanguageTests : IAsyncDisposable
{
    private readonly TestApp app = new() { RunsJobs = false };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Who_switched_to_English_gets_English_mails_and_everybody_else_Chinese_ones()
    {
        using (var unit = await app.SignedInAsync("chenguihua"))
            await SwitchAsync(unit, "en");
        using var applicant = await app.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        var english = await OnlyMailAsync();
        Assert.StartsWith("To do: Appointment of a technical commander (", english.Subject, StringComparison.Ordinal);
        Assert.DoesNotMatch("[\u3400-\u9fff]", english.Subject);
        Assert.Contains("刘志强", english.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("等待您办理", english.TextBody, StringComparison.Ordinal);

        // Urged in the words of somebody who reads Chinese: what they wrote stays.
        await applicant.PostAsync((await applicant.GetAsync($"/cases/{caseId}")).Form("handler=Urge").Set("Message", "急用，请今天办理"));
        var urged = await OnlyMailAsync();
        Assert.StartsWith("Reminder: ", urged.Subject, StringComparison.Ordinal);
        Assert.Contains("急用，请今天办理", urged.TextBody, StringComparison.Ordinal);

        using (var unit = await app.SignedInAsync("chenguihua"))
            await SwitchAsync(unit, "zh-CN");
        var another = await Applications.SubmittedAsync(applicant);
        Assert.NotEqual(caseId, another);
        Assert.StartsWith("待办：技术指挥官聘任（", (await OnlyMailAsync()).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_chose_English_before_signing_in_gets_English_mails_from_then_on()
    {
        using var browser = app.Browser();
        var page = await browser.GetAsync("/account/sign-in");
        await SwitchAsync(browser, "en");
        await browser.PostAsync(page.Form("autocomplete=\"username\"").Set("UserName", "wangqiang").Set("Password", Applications.Password));
        Assert.Equal("en", await LanguageAsync("王强"));
        Assert.Null(await LanguageAsync("李丽"));
    }

    private static async Task SwitchAsync(Browser browser, string language)
    {
        var page = await browser.GetAsync("/account/sign-in");
        page = page.Location is null ? page : await browser.GetAsync("/inbox");
        await browser.PostAsync(page.Form("/preferences/language").Set("language", language));
    }

    private Task<string?> LanguageAsync(string name) =>
        app.DatabaseAsync(db => db.People.Where(row => row.Name == name).Select(row => row.Language).SingleAsync(Stop));

    private async Task<MimeMessage> OnlyMailAsync()
    {
        await app.Services.GetRequiredService<OutboxWorker>().RunDueAsync(Stop);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(app.Folder, "mail"), "*.eml"));
        var mail = await MimeMessage.LoadAsync(file, Stop);
        File.Delete(file);
        return mail;
    }
}
