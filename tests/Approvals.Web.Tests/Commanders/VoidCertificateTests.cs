using System.Net;
using Approvals.Core.Certificates;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Commanders;

/// <summary>T§18, last paragraph: certificate and work ID go back together; T§16(二): the work ID shows that its holder is appointed.</summary>
public sealed class VoidCertificateTests : IAsyncDisposable
{
    private readonly TestApp app = new() { RunsJobs = false, Settings = new Dictionary<string, string?> { ["Demo:Register"] = "true" } };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task With_the_appointment_the_work_id_becomes_void_and_the_page_says_so_before_and_after()
    {
        var (commander, _, card) = await CertifiedAsync();
        using var keeper = await app.SignedInAsync("huangting");
        var page = await keeper.GetAsync($"/commanders/{commander}");
        Assert.Contains("工作证 JZ-JZ-2026-9001 随聘任证书一并作废。", page.Text);
        Assert.DoesNotContain("聘任证书已作废", (await keeper.GetAsync("/commanders")).Text);

        var done = await keeper.SubmitAsync(page.Form("certificate").Set("reason", "解聘"));

        Assert.Contains("聘任证书和工作证已作废，公众查验页即时显示。", done.Text);
        Assert.Contains("聘任证书已作废", (await keeper.GetAsync("/commanders")).Text);
        using var anyone = app.Browser();
        var check = await anyone.GetAsync($"/check/{card}");
        Assert.Contains("已作废", check.Text);
        Assert.Contains("聘任证书作废：解聘", check.Text);
    }

    [Fact]
    public async Task A_lost_work_id_is_voided_alone()
    {
        var (commander, appointment, card) = await CertifiedAsync();
        using var keeper = await app.SignedInAsync("huangting");
        var workId = await app.DatabaseAsync(db => db.Certificates.Where(row => row.CheckCode == card).Select(row => row.Id).SingleAsync(Stop));
        var form = (await keeper.GetAsync($"/commanders/{commander}")).Form("certificate").Set("certificate", workId.ToString()).Set("reason", "遗失");

        Assert.Contains("证书已作废，公众查验页即时显示。", (await keeper.SubmitAsync(form)).Text);
        Assert.Null(await app.DatabaseAsync(db => db.Certificates.Where(row => row.CheckCode == appointment).Select(row => row.VoidedAt).SingleAsync(Stop)));
    }

    [Fact]
    public async Task Without_a_reason_neither_is_void()
    {
        var (commander, _, _) = await CertifiedAsync();
        using var keeper = await app.SignedInAsync("huangting");
        var refused = await keeper.PostAsync((await keeper.GetAsync($"/commanders/{commander}")).Form("certificate").Set("reason", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(0, await app.DatabaseAsync(db => db.Certificates.CountAsync(row => row.VoidedAt != null, Stop)));
    }

    /// <summary>A commander of the demonstration with the papers of an appointment.</summary>
    private Task<(Guid Commander, string Appointment, string WorkId)> CertifiedAsync() => app.DatabaseAsync(async db =>
    {
        var commander = await db.Commanders.OrderBy(row => row.Name).FirstAsync(Stop);
        var codes = new List<string>();
        foreach (var (kind, number) in new[] { (CertificateKind.Appointment, commander.CertificateNumber), (CertificateKind.WorkId, "JZ-JZ-2026-9001") })
        {
            var document = new IssuedDocument
            {
                CaseId = commander.CaseId, IssueKey = $"test:{kind}", Template = "letter", Number = number, Title = "证书", Model = "{}", IssuedAt = app.Clock.GetUtcNow(),
            };
            var certificate = new Certificate
            {
                CaseId = commander.CaseId, DocumentId = document.Id, Kind = kind, Number = number, Subject = commander.SpecialtyName, CheckCode = CheckCode.New(),
                HolderName = commander.Name, UnitName = commander.UnitName, ValidFrom = commander.TermStart, ValidUntil = commander.TermEnd,
            };
            db.AddRange(document, certificate);
            codes.Add(certificate.CheckCode);
        }

        await db.SaveChangesAsync(Stop);
        return (commander.Id, codes[0], codes[1]);
    });
}
