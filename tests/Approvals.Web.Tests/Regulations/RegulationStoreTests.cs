using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Regulations;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Regulations;

/// <summary>Parameters, findings, waivers and the calendar as the product keeps them.</summary>
public sealed class RegulationStoreTests : IAsyncLifetime
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    private readonly TestApp app = new();

    private readonly Guid someone = Guid.CreateVersion7();

    public ValueTask InitializeAsync()
    {
        _ = app.Services;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task StartingUpAgainNeitherDoublesNorRestoresAnything()
    {
        await app.ServiceAsync<EditCalendar, bool>(async edit =>
        {
            await edit.RemoveAsync(new DateOnly(2026, 10, 1), CancellationToken.None);
            return true;
        });
        await using var scope = app.Services.CreateAsyncScope();
        foreach (var task in scope.ServiceProvider.GetServices<Core.Hosting.IStartupTask>()
                     .Where(task => task is SeedCalendar or SeedParameters))
        {
            await task.RunAsync(CancellationToken.None);
        }

        Assert.Equal(
            ParameterDefinition.All.Count, await app.DatabaseAsync(db => db.Parameters.CountAsync()));
        Assert.Equal(
            SeedCalendar.OfficialDays().Count - 1, await app.DatabaseAsync(db => db.CalendarDays.CountAsync()));
    }

    [Fact]
    public async Task AChangeIsANewRowAndLeavesThePastAsItWas()
    {
        var outcome = await ChangeAsync("62", Today.AddDays(30), "渝应急发〔2026〕1号");
        var row = Assert.IsType<ChangeParameterOutcome.Changed>(outcome).Row;
        await app.ServiceAsync<RegulationParameters, bool>(async parameters =>
        {
            Assert.Equal(60, (await parameters.ValueAsync(ParameterKeys.CommanderAgeMax, Today)).Whole);
            Assert.Equal(row.Id, (await parameters.ValueAsync(ParameterKeys.CommanderAgeMax, Today.AddDays(30))).Row.Id);
            return true;
        });
        var entry = await app.DatabaseAsync(db => db.AuditEntries.SingleAsync(entry => entry.Action == "parameter.changed"));
        Assert.Equal((someone, ParameterKeys.CommanderAgeMax), (entry.ActorId!.Value, entry.SubjectId));
    }

    [Fact]
    public async Task AChangeOfThePastOrWithoutReasonIsRefusedByField()
    {
        var outcome = await ChangeAsync("1000", Today.AddDays(-1), " ");
        Assert.Equal(["effectiveFrom", "reason", "value"], Assert.IsType<ChangeParameterOutcome.Invalid>(outcome).Errors.Keys.Order());
        Assert.Equal(ParameterDefinition.All.Count, await app.DatabaseAsync(db => db.Parameters.CountAsync()));
    }

    [Fact]
    public async Task JudgingAgainKeepsTheFormerFindingsAndOneCurrentOnePerRule()
    {
        var subject = await CaseAsync("""{ "identityNumber": "500101196503120010" }""");
        await JudgeAsync(subject);
        await JudgeAsync(subject);
        var findings = await app.DatabaseAsync(db => db.Findings.Where(finding => finding.CaseId == subject).ToListAsync());
        Assert.Equal(10, findings.Count);
        Assert.Equal(5, findings.Count(finding => finding.IsCurrent));
        Assert.Equal(5, findings.Where(finding => finding.IsCurrent).Select(finding => finding.Rule).Distinct().Count());
    }

    [Fact]
    public async Task AWaiverNeedsAReasonAndIsKeptOnTheFinding()
    {
        var subject = await CaseAsync("""{ "identityNumber": "500101196503120010" }""");
        await JudgeAsync(subject);
        Assert.Equal(WaiverOutcome.ReasonNeeded, await WaiveAsync(subject, "CommanderAgeLimit", "  "));
        Assert.Equal(WaiverOutcome.NothingToWaive, await WaiveAsync(subject, "CommanderCommandYears", "特殊行业专业优秀人才"));
        Assert.Equal(WaiverOutcome.Granted, await WaiveAsync(subject, "CommanderAgeLimit", "特殊行业专业优秀人才"));
        Assert.Equal(WaiverOutcome.NothingToWaive, await WaiveAsync(subject, "CommanderAgeLimit", "再来一次"));

        var finding = await app.DatabaseAsync(db =>
            db.Findings.SingleAsync(finding => finding.CaseId == subject && finding.Rule == "CommanderAgeLimit"));
        Assert.Equal((Verdict.Waived, "特殊行业专业优秀人才", someone), (finding.Verdict, finding.WaiverReason, finding.WaivedById!.Value));
        Assert.Equal("61 周岁", finding.Value);
        Assert.NotNull(finding.ParameterIds);
    }

    [Fact]
    public async Task AnImportWithAMistakeChangesNothing()
    {
        var (count, errors) = await app.ServiceAsync<EditCalendar, (int, IReadOnlyList<string>)>(
            edit => edit.ImportAsync("2027-01-01,休,元旦\n2027-01-05,班,元旦调休", CancellationToken.None));
        Assert.Equal(0, count);
        Assert.Contains("2027-01-05 不是周末", Assert.Single(errors));
        Assert.False(await app.DatabaseAsync(db => db.CalendarDays.AnyAsync(day => day.Date.Year == 2027)));
    }

    private Task<ChangeParameterOutcome> ChangeAsync(string value, DateOnly from, string reason) =>
        AsSomeoneAsync(services => services.GetRequiredService<ChangeParameter>()
            .RunAsync(ParameterKeys.CommanderAgeMax, value, from, reason, CancellationToken.None));

    private Task JudgeAsync(Guid caseId) => AsSomeoneAsync(services =>
        services.GetRequiredService<UnitOfWork>().RunAsync(
            async scope => await services.GetRequiredService<RuleRunner>().JudgeAsync(
                await scope.Db.Cases.SingleAsync(row => row.Id == caseId), "commander-appointment", Today),
            CancellationToken.None));

    private Task<WaiverOutcome> WaiveAsync(Guid caseId, string rule, string reason) => AsSomeoneAsync(services =>
        services.GetRequiredService<UnitOfWork>().RunAsync(
            _ => services.GetRequiredService<FindingWaiver>().GrantAsync(caseId, rule, reason, someone), CancellationToken.None));

    private async Task<T> AsSomeoneAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentPerson>().Set(someone, "王强", []);
        return await work(scope.ServiceProvider);
    }

    private Task<Guid> CaseAsync(string data) => app.DatabaseAsync(async db =>
    {
        var row = new Case
        {
            ProcessKey = "commander-appointment", ProcessName = "聘任", DefinitionVersionId = "test-version-0001",
            SubjectName = "张建国", StarterId = someone, Data = data,
        };
        db.Cases.Add(row);
        await db.SaveChangesAsync();
        return row.Id;
    });
}
