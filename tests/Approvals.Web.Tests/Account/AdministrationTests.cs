using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Approvals.Core.Organisation;
using Approvals.Web.Pages.Admin.RoleGrants;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Account;

public sealed class AdministrationTests : IAsyncDisposable
{
    private readonly TestApp app = new();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("wangqiang", "/admin/people", HttpStatusCode.Forbidden)]
    [InlineData("xitong", "/admin/people", HttpStatusCode.OK)]
    [InlineData("xitong", "/admin/roles", HttpStatusCode.Forbidden)]
    [InlineData("xitong", "/admin/tokens", HttpStatusCode.Forbidden)]
    [InlineData("anquan", "/admin/roles", HttpStatusCode.OK)]
    [InlineData("anquan", "/admin/organisation", HttpStatusCode.Forbidden)]
    [InlineData("shenji", "/admin/people", HttpStatusCode.Forbidden)]
    public async Task Each_administrator_reaches_the_own_pages_only(string userName, string address, HttpStatusCode status)
    {
        using var browser = await People.AsAsync(app, userName);

        Assert.Equal(status, (await browser.GetAsync(address)).Status);
    }

    [Theory]
    [InlineData("anquan", Roles.SystemAdministrator)]
    [InlineData("shenji", Roles.SystemAdministrator)]
    public async Task The_three_administrators_stay_different_people(string receiver, string role)
    {
        using var browser = await People.AsAsync(app, "anquan");

        await browser.PostAsync((await browser.GetAsync("/admin/roles")).Form("name=\"Who\"").Set("Who", receiver).Set("Role", role));

        Assert.Equal(1, await app.DatabaseAsync(db => db.RoleAssignments.CountAsync(one => one.Role == role)));
    }

    [Fact]
    public async Task A_unit_is_added_and_changed_and_its_code_is_its_own()
    {
        using var browser = await People.AsAsync(app, "xitong");
        var added = await browser.PostAsync((await browser.GetAsync("/admin/organisation/unit")).Form("name=\"Input.Code\"")
            .Set("Input.Code", "drills").Set("Input.Name", "演练处"));
        Assert.Equal(HttpStatusCode.Redirect, added.Status);
        var id = await app.DatabaseAsync(db => db.OrgUnits.Where(row => row.Code == "drills").Select(row => row.Id).SingleAsync());
        var form = (await browser.GetAsync($"/admin/organisation/unit/{id}")).Form("name=\"Input.Code\"");
        Assert.Contains("这个代码已有机构使用", (await browser.PostAsync(form.Set("Input.Code", "rescue"))).Text);
        await browser.PostAsync(form.Set("Input.Code", "drills").Set("Input.Name", "应急演练处"));
        Assert.Equal("应急演练处", await app.DatabaseAsync(db => db.OrgUnits.Where(row => row.Id == id).Select(row => row.Name).SingleAsync()));
        Assert.Equal(
            ["unit.created", "unit.changed"],
            await app.DatabaseAsync(db => db.AuditEntries.Where(row => row.SubjectId == id.ToString()).OrderBy(row => row.Sequence)
                .Select(row => row.Action).ToListAsync()));
    }

    [Fact]
    public async Task A_token_is_shown_once_works_for_the_api_and_ends_when_revoked()
    {
        using var browser = await People.AsAsync(app, "anquan");
        var form = (await browser.GetAsync("/admin/tokens")).Form("name=\"UserName\"");
        var created = await browser.PostAsync(form.Set("Name", "OA").Set("UserName", "lili"));
        var token = Regex.Match(created.Text, "apv_[A-Za-z0-9_-]{43}").Value;
        Assert.NotEmpty(token);
        var listed = await browser.GetAsync("/admin/tokens");
        Assert.DoesNotContain(token, listed.Text, StringComparison.Ordinal);

        Assert.NotEqual(HttpStatusCode.Unauthorized, await AskApiAsync(token));
        await browser.PostAsync(listed.Form("吊销"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskApiAsync(token));
    }

    [Fact]
    public async Task A_token_cannot_act_as_an_administrator()
    {
        using var browser = await People.AsAsync(app, "anquan");
        var form = (await browser.GetAsync("/admin/tokens")).Form("name=\"UserName\"");

        await browser.PostAsync(form.Set("Name", "OA").Set("UserName", "xitong"));

        Assert.False(await app.DatabaseAsync(db => db.ApiTokens.AnyAsync()));
    }

    [Fact]
    public async Task A_token_opens_nothing_once_its_person_has_become_an_administrator()
    {
        using var browser = await People.AsAsync(app, "anquan");
        var form = (await browser.GetAsync("/admin/tokens")).Form("name=\"UserName\"");
        var created = await browser.PostAsync(form.Set("Name", "OA").Set("UserName", "lili"));
        var token = Regex.Match(created.Text, "apv_[A-Za-z0-9_-]{43}").Value;
        Assert.NotEqual(HttpStatusCode.Unauthorized, await AskApiAsync(token));

        await browser.PostAsync((await browser.GetAsync("/admin/roles")).Form("name=\"Who\"").Set("Who", "lili").Set("Role", Roles.Auditor));

        Assert.Equal(HttpStatusCode.Unauthorized, await AskApiAsync(token));
    }

    [Fact]
    public async Task An_administrator_neither_gives_nor_ends_a_post_of_their_own()
    {
        using var browser = await People.AsAsync(app, "xitong");
        var (own, other, unit, post) = await app.DatabaseAsync(async db =>
        {
            var self = await db.Users.Where(one => one.UserName == "xitong").Select(one => one.PersonId).SingleAsync();
            var head = await db.People.Where(one => one.Name == "王强").Select(one => one.Id).SingleAsync();
            var section = await db.OrgUnits.Where(one => one.Code == "rescue").Select(one => one.Id).SingleAsync();
            var held = new Position { PersonId = self, OrgUnitId = section, Kind = PositionKind.Leader, Title = "副局长", From = new(2026, 1, 1) };
            db.Positions.Add(held);
            await db.SaveChangesAsync();
            return (self, head, section, held.Id);
        });
        Assert.DoesNotContain("handler=AddPost", (await browser.GetAsync($"/admin/people/{own}")).Text);
        var add = (await browser.GetAsync($"/admin/people/{other}")).Form("handler=AddPost")
            .Set("UnitId", unit.ToString()).Set("Kind", "Head").Set("Title", "处长").Set("From", "2026-11-23");

        var added = await browser.PostAsync(add.To($"/admin/people/{own}?handler=AddPost"));
        var ended = await browser.PostAsync(add.To($"/admin/people/{own}?handler=EndPost").Set("postId", post.ToString()));
        var form = (await browser.GetAsync($"/admin/organisation/unit/{unit}")).Form("name=\"Input.Code\"");
        var charged = await browser.PostAsync(form.Set("Input.LeaderInChargeId", own.ToString()));
        var named = await browser.PostAsync((await browser.GetAsync("/profile")).Form("退出").To("/admin/unassigned")
            .Set("step", Guid.NewGuid().ToString()).Set("person", own.ToString()).Set("reason", "无人"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (added.Status, ended.Status));
        Assert.Contains("不能由本人设置或取消自己的分管", WebUtility.HtmlDecode(charged.Text));
        Assert.Contains("不能指定本人办理", WebUtility.HtmlDecode((await browser.FollowAsync(named)).Text));
        Assert.Equal((1, 0, 0), await app.DatabaseAsync(async db => (
            await db.Positions.CountAsync(one => one.Id == post && one.Until == null),
            await db.Positions.CountAsync(one => one.PersonId == own && one.Kind == PositionKind.Head),
            await db.OrgUnits.CountAsync(one => one.LeaderInChargeId == own))));
    }

    [Fact]
    public void A_role_is_judged_by_who_gives_it_and_what_is_held()
    {
        var (by, to) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        Assert.Equal(RoleGrantOutcome.Granted, RoleGranting.Judge(by, to, Roles.Finance, [Roles.Auditor]));
        Assert.Equal(RoleGrantOutcome.OwnRole, RoleGranting.Judge(by, by, Roles.Finance, []));
        Assert.Equal(RoleGrantOutcome.SeparatedDuties, RoleGranting.Judge(by, to, Roles.Auditor, [Roles.SystemAdministrator]));
        Assert.Equal(RoleGrantOutcome.UnknownRole, RoleGranting.Judge(by, to, "king", []));
        Assert.Equal(RoleGrantOutcome.AlreadyHeld, RoleGranting.Judge(by, to, Roles.Finance, [Roles.Finance]));
    }

    [Fact]
    public async Task A_substitute_may_act_in_the_period_and_is_told()
    {
        using var browser = await People.AsAsync(app, "wangqiang");
        var (head, handler, applicant) = await app.DatabaseAsync(async db =>
        {
            var ids = await db.People.ToDictionaryAsync(one => one.Name, one => one.Id);
            return (ids["王强"], ids["张伟"], ids["刘志强"]);
        });
        var form = (await browser.GetAsync("/profile/substitutes")).Form("name=\"SubstituteId\"");
        Assert.Equal("/profile/substitutes", (await browser.PostAsync(form.Set("SubstituteId", handler.ToString()))).Location);

        var today = DateOnly.FromDateTime(form["From"] is { } from ? DateTime.Parse(from) : default);
        Assert.True(await MayAsync(handler, head, today));
        Assert.False(await MayAsync(handler, head, today.AddDays(1)));
        Assert.False(await MayAsync(applicant, head, today));
        Assert.True(await app.DatabaseAsync(db => db.Notifications.AnyAsync(one => one.PersonId == handler)));
    }

    [Fact]
    public async Task A_substitution_that_is_ended_keeps_the_days_on_which_it_was_in_force()
    {
        using var browser = await People.AsAsync(app, "songmin");
        var today = DateOnly.FromDateTime(app.Clock.GetUtcNow().AddHours(8).Date);
        var (head, colleague) = await app.DatabaseAsync(async db =>
        {
            var ids = await db.People.ToDictionaryAsync(one => one.Name, one => one.Id);
            return (ids["宋敏"], ids["彭飞"]);
        });
        var over = await SubstitutedAsync(head, colleague, today.AddDays(-20), today.AddDays(-10));
        var running = await SubstitutedAsync(head, colleague, today.AddDays(-3), today.AddDays(9));
        var later = await SubstitutedAsync(head, colleague, today.AddDays(3), today.AddDays(9));
        var form = (await browser.GetAsync("/profile/substitutes")).Form("handler=End");
        Assert.True(await MayAsync(colleague, head, today));

        // It was in force in the morning of this day, so this day stays; from now on nothing more is signed by it.
        Assert.Equal("/profile/substitutes", (await browser.PostAsync(form.Set("id", running.ToString()))).Location);
        Assert.Equal(today, await UntilAsync(running));
        Assert.False(await MayAsync(colleague, head, today));
        Assert.Equal("/profile/substitutes", (await browser.PostAsync(form.Set("id", later.ToString()))).Location);
        Assert.False(await MayAsync(colleague, head, today.AddDays(4)));

        // What is over, by its days or by an end before, is no longer to be ended.
        foreach (var id in new[] { over, running })
        {
            var answer = await browser.FollowAsync(await browser.PostAsync(form.Set("id", id.ToString())));
            Assert.Contains("这项代理已经结束", WebUtility.HtmlDecode(answer.Text));
        }

        Assert.Equal((today.AddDays(-10), today), (await UntilAsync(over), await UntilAsync(running)));
        Assert.DoesNotContain("handler=End", (await browser.GetAsync("/profile/substitutes")).Text);
    }

    private Task<Guid> SubstitutedAsync(Guid principal, Guid substitute, DateOnly from, DateOnly until) => app.DatabaseAsync(async db =>
    {
        var row = new Substitution { PrincipalId = principal, SubstituteId = substitute, From = from, Until = until };
        db.Substitutions.Add(row);
        await db.SaveChangesAsync();
        return row.Id;
    });

    private Task<DateOnly> UntilAsync(Guid id) =>
        app.DatabaseAsync(db => db.Substitutions.Where(one => one.Id == id).Select(one => one.Until).SingleAsync());

    [Fact]
    public async Task A_substitute_does_not_get_to_decide_the_own_application()
    {
        var (head, handler) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        Assert.False(await app.ServiceAsync<ActingRights, bool>(
            rights => rights.CanActForAsync(handler, head, "commander-appointment", new DateOnly(2026, 11, 23), applicantId: handler)));
    }

    private Task<bool> MayAsync(Guid person, Guid assignee, DateOnly day) =>
        app.ServiceAsync<ActingRights, bool>(rights => rights.CanActForAsync(person, assignee, "commander-appointment", day));

    private async Task<HttpStatusCode> AskApiAsync(string token)
    {
        using var client = app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (await client.GetAsync("/api/nothing-here")).StatusCode;
    }
}
