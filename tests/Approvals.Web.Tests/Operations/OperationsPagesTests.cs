using System.Net;
using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Operations;

/// <summary>/admin/jobs, /admin/audit and the scheduler's dashboard through the front door.</summary>
public sealed class OperationsPagesTests : IAsyncDisposable
{
    private readonly TestApp app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task TheAdministratorHasAGivenUpMessageTriedAgain()
    {
        using var browser = await SignedInAsync("xitong");
        await app.DatabaseAsync(db =>
        {
            db.Outbox.Add(new OutboxMessage
            {
                Key = "test", Kind = "unknown-kind", Payload = "{}", Attempts = 12, LastError = "HTTP 502",
                CreatedAt = app.Clock.GetUtcNow(), DueAt = app.Clock.GetUtcNow().AddDays(1), FailedAt = app.Clock.GetUtcNow(),
            });
            return db.SaveChangesAsync(Cancel);
        });
        var page = await browser.GetAsync("/admin/jobs");
        Assert.Contains("HTTP 502", page.Text);
        Assert.Contains("已放弃", WebUtility.HtmlDecode(page.Text));

        var after = await browser.SubmitAsync(page.Form("handler=Message"));
        Assert.Contains("已重新执行。", WebUtility.HtmlDecode(after.Text));
        Assert.True(await app.DatabaseAsync(db => db.AuditEntries.AnyAsync(row => row.Action == "outbox.rung-again", Cancel)));
    }

    [Fact]
    public async Task TheAuditorSearchesAndVerifiesTheChain()
    {
        using var browser = await SignedInAsync("shenji");
        await app.ServiceAsync<IServiceProvider, bool>(services => services.GetRequiredService<UnitOfWork>().RunAsync(
            _ =>
            {
                services.GetRequiredService<AuditTrail>().Record("test.recorded", "case", "T-1", new { });
                return Task.FromResult(true);
            },
            Cancel));
        var found = await browser.GetAsync("/admin/audit?subject=T-1&from=2026-11-23&until=2026-11-23");
        Assert.Contains("test.recorded", found.Text);
        var none = await browser.GetAsync("/admin/audit?subject=T-1&until=2026-11-22");
        Assert.Contains("没有符合条件的记录。", WebUtility.HtmlDecode(none.Text));

        var verified = await browser.SubmitAsync(found.Form("handler=Verify"));
        Assert.Contains("审计链完整", WebUtility.HtmlDecode(verified.Text));

        await app.DatabaseAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER \"AuditEntries_no_UPDATE\"", Cancel);
            return await db.Database.ExecuteSqlRawAsync("UPDATE \"AuditEntries\" SET \"Details\" = '[]' WHERE \"Sequence\" = 1", Cancel);
        });
        var broken = await browser.SubmitAsync(verified.Form("handler=Verify"));
        Assert.Contains("审计链异常：第 1 条被修改", WebUtility.HtmlDecode(broken.Text));
    }

    [Fact]
    public async Task TheAuditorFindsACaseByItsNumberAndReadsNumbersAndNames()
    {
        var (id, number) = await app.DatabaseAsync(async db =>
        {
            var subject = new Case
            {
                Number = "JZPR-2026-0099", ProcessKey = "commander-appointment", ProcessName = "技术指挥官聘任", DefinitionVersionId = "1",
                SubjectName = "赵某", Status = CaseStatus.Running, Data = "{}", StarterId = await db.People.Select(one => one.Id).FirstAsync(Cancel),
            };
            db.Cases.Add(subject);
            await db.SaveChangesAsync(Cancel);
            return (subject.Id, subject.Number!);
        });
        await app.ServiceAsync<IServiceProvider, bool>(services => services.GetRequiredService<UnitOfWork>().RunAsync(
            _ =>
            {
                services.GetRequiredService<AuditTrail>().Record("case.submitted", "case", id.ToString(), new { version = 7 });
                services.GetRequiredService<AuditTrail>().Record("case.submitted", "case", Guid.CreateVersion7().ToString(), new { version = 8 });
                return Task.FromResult(true);
            },
            Cancel));
        using var browser = await SignedInAsync("shenji");

        var found = await browser.GetAsync($"/admin/audit?subject={number}");

        Assert.Contains($"title=\"{id}\"", found.Text);
        Assert.Contains($">{number}</a>", found.Text);
        Assert.Contains("<dt>version</dt><dd>7</dd>", found.Text);
        Assert.DoesNotContain("<dd>8</dd>", found.Text);
        var acts = await browser.GetAsync("/admin/audit?act=case.submitted");
        Assert.Contains("<dd>8</dd>", acts.Text);
        Assert.DoesNotContain("account.signed-in", acts.Text);
    }

    [Theory]
    [InlineData("xitong", "/admin/audit")]
    [InlineData("shenji", "/admin/jobs")]
    [InlineData("shenji", "/jobs")]
    [InlineData("liuzhiqiang", "/jobs")]
    public async Task NobodyElseGetsIn(string userName, string address)
    {
        using var browser = await SignedInAsync(userName);
        Assert.NotEqual(HttpStatusCode.OK, (await browser.GetAsync(address)).Status);
    }

    [Fact]
    public async Task TheSchedulersDashboardIsForTheAdministrator()
    {
        using var browser = await SignedInAsync("xitong");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/jobs")).Status);
    }

    private async Task<Browser> SignedInAsync(string userName)
    {
        var browser = app.Browser();
        await browser.PostAsync((await browser.GetAsync("/account/sign-in")).Form($"value=\"{userName}\""));
        return browser;
    }
}
