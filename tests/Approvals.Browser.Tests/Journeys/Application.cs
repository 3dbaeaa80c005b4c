using Microsoft.Playwright;
using SkiaSharp;
using static Microsoft.Playwright.Assertions;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>刘志强 fills in his application for town gas, which concerns two business sections.</summary>
internal static class Application
{
    /// <summary>A made-up person of 1980 with a right checksum.</summary>
    public const string IdentityNumber = "500101198003041235";

    /// <summary>The same number with a wrong last character.</summary>
    public const string WrongNumber = "500101198003041231";

    /// <summary>Opens a new draft and types everything but the identity number and the files.</summary>
    public static async Task BeginAsync(IPage page)
    {
        await page.GotoAsync("/start");
        await page.GetByRole(AriaRole.Button, new() { Name = "开始填写：技术指挥官聘任" }).ClickAsync();
        await Expect(page.Locator("#draft")).ToBeVisibleAsync();
        await page.Type("phone", "13800001234");
        await page.Type("post", "消防救援队副队长");
        await page.Type("professionalTitle", "高级工程师");
        await page.SelectOptionAsync("[name='data.specialty']", "gas");
        await page.Type("commandHistory[0].from", "2015-01-01");
        await page.Type("commandHistory[0].unit", "江州化工集团有限公司");
        await page.Type("commandHistory[0].post", "副队长");
        await page.CheckAsync("[name='data.commandHistory[0].isCommandPost']");
        await page.Type("achievements", "参加多次危险化学品事故救援，组织堵漏、转输。");
        await page.Type("health", "身体健康，能胜任现场处置工作");
        await page.CheckAsync("[name='data.cleanRecordDeclared']");
        await page.CheckAsync("[name='data.declarationSigned']");
    }

    /// <summary>Types one field.</summary>
    public static Task Type(this IPage page, string field, string text) => page.FillAsync($"[name='data.{field}']", text);

    /// <summary>Photo and health certificate.</summary>
    public static async Task AttachFilesAsync(IPage page)
    {
        await page.AttachAsync("photo", "照片.png", Photo());
        await page.AttachAsync("healthCertificate", "体检证明.jpg", Scan("体检合格"), "image/jpeg");
    }

    /// <summary>Presses 提交申请.</summary>
    public static Task SubmitAsync(IPage page) => page.ClickAsync("button[name=act][value=submit]");

    /// <summary>The whole application without a mistake.</summary>
    public static async Task HandInAsync(IPage page, string identityNumber = IdentityNumber)
    {
        await BeginAsync(page);
        await page.Type("identityNumber", identityNumber);
        await AttachFilesAsync(page);
        await SubmitAsync(page);
        await Expect(page.Locator("p.notice[role=status]").First).ToContainTextAsync("申请已提交，业务编号");
    }

    /// <summary>The unit recommends: opinion, stamped scan, drawn signature.</summary>
    public static async Task RecommendAsync(IPage page, string opinion)
    {
        await page.OpenTaskAsync("单位推荐");
        await page.Type("recommendationOpinion", opinion);
        await page.AttachAsync("stampedScan", "推荐表.jpg", Scan("江州化工集团有限公司（盖章）"), "image/jpeg");
        await page.ChooseAsync("approve", "情况属实，同意推荐。");
        await page.SignByHandAsync("approve");
    }

    /// <summary>All four heads approve: two business sections, rescue and personnel.</summary>
    public static async Task VetAsync(Visit visit)
    {
        foreach (var (userName, step) in new[]
        {
            ("lili", "业务处室审查"), ("wangqiang", "救援协调处审查"), ("songmin", "人事处德才审查"), ("hanxiaojun", "业务处室审查"),
        })
        {
            var vetter = await visit.SignInAsync(userName);
            await vetter.ApproveAsync(step, "经核查，符合条件，同意。");
        }
    }

    /// <summary>A portrait.</summary>
    public static byte[] Photo() => Draw(413, 579, SKEncodedImageFormat.Png, canvas =>
    {
        using var paint = new SKPaint { IsAntialias = true };
        canvas.Clear(new SKColor(0x3b, 0x7d, 0xc4));
        paint.Color = new SKColor(0x22, 0x2d, 0x3d);
        canvas.DrawOval(206, 560, 190, 190, paint);
        paint.Color = new SKColor(0xee, 0xc9, 0xa8);
        canvas.DrawOval(206, 250, 100, 130, paint);
        paint.Color = new SKColor(0x1d, 0x1a, 0x18);
        canvas.DrawOval(206, 160, 105, 62, paint);
    });

    /// <summary>A picture of a sheet of paper.</summary>
    public static byte[] Scan(string text) => Draw(620, 877, SKEncodedImageFormat.Jpeg, canvas =>
    {
        canvas.Clear(SKColors.White);
        using var font = new SKFont(SKTypeface.Default, 28);
        using var paint = new SKPaint { Color = SKColors.Black };
        canvas.DrawText(text, 60, 120, SKTextAlign.Left, font, paint);
        paint.Color = SKColors.Red;
        paint.IsStroke = true;
        paint.StrokeWidth = 6;
        canvas.DrawCircle(430, 650, 90, paint);
    });

    private static byte[] Draw(int width, int height, SKEncodedImageFormat format, Action<SKCanvas> draw)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        draw(surface.Canvas);
        using var image = surface.Snapshot();
        using var data = image.Encode(format, 90);
        return data.ToArray();
    }
}
