using System.Net;
using Approvals.Web.Tests.Infrastructure;
using Approvals.Web.Tests.Localisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Missions;

/// <summary>我的任务: a commander's own page.</summary>
public sealed class MissionPageTests : IAsyncDisposable
{
    private readonly TestApp app = new() { RunsJobs = false, Settings = new Dictionary<string, string?> { ["Demo:Register"] = "true" } };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_commander_says_when_not_to_be_reached_and_takes_it_back()
    {
        using var commander = await app.SignedInAsync("luojianming");
        var page = await commander.GetAsync("/missions");
        Assert.Contains("还没有现场任命", page.Text);
        Assert.Contains("危险化学品", page.Text);

        var done = await commander.SubmitAsync(Absence(page, "2026-11-25", "2026-11-30", "外出培训"));
        Assert.Contains("已登记，参考名册会显示您不在位。", done.Text);
        Assert.Contains("外出培训 · 罗建明", done.Text);
        var absence = await app.DatabaseAsync(db => db.CommanderAbsences.SingleAsync(Stop));
        Assert.Equal((new DateOnly(2026, 11, 25), new DateOnly(2026, 11, 30)), (absence.From, absence.Until!.Value));

        var back = await commander.SubmitAsync(done.Form("handler=Back"));
        Assert.Contains("已撤销，您恢复为可用。", back.Text);
        Assert.DoesNotContain("外出培训", back.Text);
    }

    [Theory]
    [InlineData("", "", "外出培训", "请填写开始日期")]
    [InlineData("2026-11-30", "2026-11-25", "外出培训", "结束日期不能早于开始日期")]
    [InlineData("2026-11-01", "2026-11-20", "外出培训", "结束日期已经过去")]
    [InlineData("2026-11-25", "", "", "请填写原因")]
    [InlineData("2026-13-45", "", "外出培训", "请填写开始日期")]
    public async Task What_is_wrong_with_an_absence_stands_beside_its_field_and_what_was_typed_stays(
        string from, string until, string reason, string says)
    {
        using var commander = await app.SignedInAsync("luojianming");
        var refused = await commander.PostAsync(Absence(await commander.GetAsync("/missions"), from, until, reason));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(says, refused.Text);
        foreach (var typed in new[] { from, until, reason }.Where(text => text.Length > 0))
            Assert.Contains($"value=\"{typed}\"", refused.Text);
        Assert.Equal(0, await app.DatabaseAsync(db => db.CommanderAbsences.CountAsync(Stop)));
    }

    [Fact]
    public async Task The_base_is_stored_with_its_coordinates_or_refused_with_what_was_typed()
    {
        using var commander = await app.SignedInAsync("luojianming");
        var page = await commander.GetAsync("/missions");
        var refused = await commander.PostAsync(Base(page, "江州北站", "北纬29度", "106.5"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("请填写驻地（不超过 100 字）和十进制的经纬度", refused.Text);
        Assert.Contains("value=\"北纬29度\"", refused.Text);
        Assert.Contains("value=\"江州北站\"", refused.Text);
        Assert.Contains("驻地已登记。", (await commander.SubmitAsync(Base(page, "江州北站", "29.61", "106.5"))).Text);
        var stored = await app.DatabaseAsync(db => db.Commanders.SingleAsync(row => row.Name == "罗建明", Stop));
        Assert.Equal(("江州北站", 29.61, 106.5), (stored.BasePlace, stored.Latitude, stored.Longitude));
    }

    [Fact]
    public async Task The_page_is_a_commander_s_alone_and_nobody_takes_back_what_another_said()
    {
        using var commander = await app.SignedInAsync("luojianming");
        await commander.SubmitAsync(Absence(await commander.GetAsync("/missions"), "2026-11-25", "", "外出培训"));
        using var applicant = await app.SignedInAsync("liuzhiqiang");
        Assert.Equal(HttpStatusCode.Forbidden, (await applicant.GetAsync("/missions")).Status);

        var absence = await app.DatabaseAsync(db => db.CommanderAbsences.SingleAsync(Stop));
        using var other = await app.SignedInAsync("tanli");
        var own = (await other.SubmitAsync(Absence(await other.GetAsync("/missions"), "2026-11-26", "", "体检"))).Form("handler=Back");
        Assert.Equal(HttpStatusCode.Forbidden, (await other.PostAsync(own.Set("id", absence.Id.ToString()))).Status);
        Assert.Equal(2, await app.DatabaseAsync(db => db.CommanderAbsences.CountAsync(row => row.CancelledAt == null, Stop)));
    }

    [Fact]
    public async Task The_page_and_its_messages_are_English_for_who_reads_English()
    {
        using var commander = await app.SignedInAsync("luojianming");
        EnglishPages.Switch(commander);
        var english = new EnglishPages(app);
        await english.ReadDataAsync();
        var page = await commander.GetAsync("/missions");
        var wrong = await commander.PostAsync(Absence(page, "2026-11-30", "2026-11-25", ""));
        var done = await commander.SubmitAsync(Absence(page, "2026-11-25", "2026-11-30", "training"));
        Assert.Contains("The last day cannot be before the first", wrong.Text);
        var left = new[] { page, wrong, done }.SelectMany(one => english.LeftOn(one.Text)).Except(["江州化工园区", "危险化学品"]).ToList();
        Assert.True(left.Count == 0, string.Join('\n', left));
    }

    private static HtmlForm Absence(Page page, string from, string until, string reason) =>
        page.Form("handler=Absence").Set("from", from).Set("until", until).Set("reason", reason);

    private static HtmlForm Base(Page page, string place, string latitude, string longitude) =>
        page.Form("handler=Base").Set("place", place).Set("latitude", latitude).Set("longitude", longitude);
}
