using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>What people do on the pages, in their words.</summary>
internal static class People
{
    private const string Password = "Demo-2026!";

    /// <summary>Comes in by the list of demonstration people.</summary>
    public static async Task<IPage> SignInAsync(this Visit visit, string userName, bool phone = false, bool javaScript = true)
    {
        var page = await visit.NewPersonAsync(phone, javaScript);
        await page.GotoAsync("/account/sign-in");
        await page.ClickAsync($"[data-demo='{userName}']");
        await Expect(page.Locator(".list-tabs")).ToBeVisibleAsync();
        return page;
    }

    /// <summary>Opens one's task of a step from the inbox.</summary>
    public static async Task OpenTaskAsync(this IPage page, string step, string subject = "刘志强")
    {
        await page.GotoAsync("/inbox");
        await Row(page, step).Filter(new() { HasText = subject }).First.ClickAsync();
        await Expect(page.Locator(".task-form")).ToBeVisibleAsync();
    }

    /// <summary>Rows of a list that hold a text.</summary>
    public static ILocator Row(this IPage page, string text) => page.Locator("a.row-link").Filter(new() { HasText = text });

    /// <summary>Opens the sheet of approval, return or rejection and writes the opinion.</summary>
    public static async Task ChooseAsync(this IPage page, string kind, string opinion)
    {
        await page.ClickAsync($"label[for=kind-{kind}]");
        await page.FillAsync("#d-opinion", opinion);
    }

    /// <summary>Signs with the stored picture and the password, and sends the decision.</summary>
    public static async Task SignStoredAsync(this IPage page, string kind)
    {
        await page.CheckAsync("input[name=Method][value=Stored]");
        await page.SendAsync(kind);
    }

    /// <summary>Draws a signature with the mouse, gives the password, and sends the decision.</summary>
    public static async Task SignByHandAsync(this IPage page, string kind)
    {
        if (await page.Locator("input[type=radio][name=Method]").CountAsync() > 0)
        {
            await page.CheckAsync("input[name=Method][value=Drawn]");
        }

        var pad = page.Locator("canvas.signature-pad");
        await pad.ScrollIntoViewIfNeededAsync();
        var box = (await pad.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + 20, box.Y + 20);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height * 0.7f), new() { Steps = 8 });
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.8f), box.Y + 20, new() { Steps = 8 });
        await page.Mouse.UpAsync();
        await page.SendAsync(kind);
    }

    /// <summary>Approves with the stored picture.</summary>
    public static async Task ApproveAsync(this IPage page, string step, string opinion)
    {
        await page.OpenTaskAsync(step);
        await page.ChooseAsync("approve", opinion);
        await page.SignStoredAsync("approve");
    }

    /// <summary>Gives the password where it is asked for and presses the button; the page then says that it is done.</summary>
    public static async Task SendAsync(this IPage page, string kind)
    {
        if (await page.Locator("#d-secret").CountAsync() > 0)
        {
            await page.FillAsync("#d-secret", Password);
        }

        await page.ClickAsync($".sheet-end button.decide-{kind}");
        await Expect(page.Locator("p.notice[role=status]").First).ToContainTextAsync(kind == "return" ? "已退回" : "已办理");
    }

    /// <summary>Chooses a file; it is sent at once, and the page lists it.</summary>
    public static async Task AttachAsync(this IPage page, string field, string fileName, byte[] content, string type = "image/png")
    {
        await page.SetInputFilesAsync($"[name='file:{field}']", new FilePayload { Name = fileName, MimeType = type, Buffer = content });
        if (await page.Locator("form[data-autosave]").CountAsync() == 0)
        {
            return; // A task sends its files with the decision.
        }

        await Expect(page.Locator(".form-files a").Filter(new() { HasText = fileName })).ToBeVisibleAsync();
    }
}
