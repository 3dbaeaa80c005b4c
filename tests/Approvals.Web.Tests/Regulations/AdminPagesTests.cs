using System.Net;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests.Regulations;

/// <summary>/admin/parameters and /admin/calendar through the front door.</summary>
public sealed class AdminPagesTests : IAsyncDisposable
{
    private readonly TestApp app = new();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task TheProcessOwnerChangesAParameterFromADayOn()
    {
        using var browser = await SignedInAsync("shenhong");
        Assert.Contains("技术指挥官年龄上限", WebUtility.HtmlDecode((await browser.GetAsync("/admin/parameters")).Text));

        var form = (await browser.GetAsync("/admin/parameters/commander.age.max")).Form("name=\"EffectiveFrom\"");
        var refused = await browser.PostAsync(form.Set("Value", "六十二").Set("Reason", "渝应急发〔2026〕1号"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        var text = WebUtility.HtmlDecode(refused.Text);
        Assert.Contains("请填写整数", text);
        Assert.Contains("value=\"六十二\"", text);

        var changed = await browser.SubmitAsync(form.Set("Value", "62").Set("EffectiveFrom", "2027-01-01"));
        Assert.Contains("已修改，自 2027-01-01 起生效。", WebUtility.HtmlDecode(changed.Text));
        Assert.Contains("将于 2027-01-01 改为 62", WebUtility.HtmlDecode((await browser.GetAsync("/admin/parameters")).Text));
    }

    [Fact]
    public async Task TheCalendarWarnsOfAYearWithoutDataUntilItIsImported()
    {
        using var browser = await SignedInAsync("shenhong");
        var page = await browser.GetAsync("/admin/calendar?year=2027");
        Assert.Contains("2027 年还没有节假日数据", WebUtility.HtmlDecode(page.Text));

        var imported = await browser.SubmitAsync(page.Form("name=\"csv\"").Set("csv", "2027-01-01,休,元旦"));
        Assert.Contains("已导入 1 天。", WebUtility.HtmlDecode(imported.Text));
        Assert.DoesNotContain("2027 年还没有节假日数据", WebUtility.HtmlDecode(imported.Text));

        var removed = await browser.SubmitAsync(imported.Form("value=\"2027-01-01\""));
        Assert.Contains("已删除 2027-01-01。", WebUtility.HtmlDecode(removed.Text));
    }

    [Fact]
    public async Task NobodyElseGetsIn()
    {
        using var browser = await SignedInAsync("liuzhiqiang");
        foreach (var address in new[] { "/admin/parameters", "/admin/parameters/commander.age.max", "/admin/calendar" })
        {
            Assert.NotEqual(HttpStatusCode.OK, (await browser.GetAsync(address)).Status);
        }
    }

    private async Task<Browser> SignedInAsync(string userName)
    {
        var browser = app.Browser();
        var form = (await browser.GetAsync("/account/sign-in")).Form($"value=\"{userName}\"");
        await browser.PostAsync(form);
        return browser;
    }
}
