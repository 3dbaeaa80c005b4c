using System.Text;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.DryRuns;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.DryRuns;

/// <summary>A dry run plays a process with the product's own use cases and leaves the product's own data alone.</summary>
public sealed class SimulateTests(SimulateTests.Bureau bureau) : IClassFixture<SimulateTests.Bureau>
{
    public sealed class Bureau : IAsyncLifetime
    {
        public TestApp App { get; } = new() { RunsJobs = false };

        public ValueTask InitializeAsync()
        {
            _ = App.Services;
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }

    [Fact]
    public async Task AnAppointmentIsPlayedToItsCertificatesAndNothingRealChanges()
    {
        var before = await StateAsync();
        var report = await RunAsync("commander-appointment", "{}");

        Assert.Equal(DryRunEnd.Finished, report.End);
        var appointment = report.Cases.Single(one => one.Process == "commander-appointment");
        Assert.Equal((CaseStatus.Completed, "已聘任为技术指挥官"), (appointment.Status, appointment.Outcome));
        Assert.Contains(report.Cases, one => one is { Process: "accident-insurance", Status: CaseStatus.Completed });
        Assert.Contains(report.Steps, step => step.StepName == "单位推荐" && step.WorkingDays == 5 && step.People is [{ Name: "陈桂花", Why: not "" }]);
        Assert.Equal(
            ["Notice", "TrainingCertificate", "AppointmentCertificate", "WorkId"], report.Documents.Select(one => one.Template));
        foreach (var document in report.Documents)
            Assert.Equal("%PDF", Encoding.ASCII.GetString(await File.ReadAllBytesAsync(Path.Combine(Folder, document.File!), TestContext.Current.CancellationToken), 0, 4));
        Assert.Contains(report.Timers, timer => timer is { Kind: "notice-settle", FiredAt: not null });
        Assert.NotEmpty(report.Findings);
        Assert.Contains(report.Notifications, one => one.Person == "吴海峰" && one.ByMail);
        Assert.Equal(before, await StateAsync());
    }

    /// <summary>What these work on, an event and a commander without insurance, no case of the dry run brings.</summary>
    [Theory]
    [InlineData("compensation")]
    [InlineData("accident-insurance")]
    public async Task AProcessOfMoneyIsPlayedToItsEntitlement(string process)
    {
        var before = await StateAsync();
        var report = await RunAsync(process, "{}");

        Assert.True(report.End == DryRunEnd.Finished, string.Join('\n', [report.Problem, .. report.Notes]));
        Assert.Equal(CaseStatus.Completed, Assert.Single(report.Cases).Status);
        Assert.Contains(report.History, one => one.Text.StartsWith("登记应付", StringComparison.Ordinal));
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task PeopleActInOfficeHoursOnly()
    {
        var report = await RunAsync("commander-appointment", """{"startOn":"2026-11-28"}""");
        Assert.All(report.Steps.SelectMany(step => step.Decisions).Where(one => one.Word != "提交"), decision =>
        {
            var local = decision.At.ToOffset(TimeSpan.FromHours(8));
            Assert.InRange(local.TimeOfDay, TimeSpan.FromHours(9), TimeSpan.FromHours(17.5));
            Assert.NotEqual(DayOfWeek.Sunday, local.DayOfWeek);
        });
    }

    [Fact]
    public async Task OneRefusalOfTheVettingEndsTheCaseWithALetter()
    {
        var report = await RunAsync(
            "commander-appointment", """{"steps":{"vet-business":{"decision":"reject","opinion":"专业不符。"}}}""");
        Assert.Equal(CaseStatus.Rejected, report.Cases[0].Status);
        Assert.Contains(report.Documents, one => one.Template == "Letter");
        Assert.Contains(report.Steps.Single(step => step.ActivityId == "vet-business").Decisions, one => one.Opinion == "专业不符。");
        Assert.Contains(report.Path, move => move.Event == "Canceled");
    }

    [Fact]
    public async Task AReturnADismissedObjectionAndAResitArePlayed()
    {
        var report = await RunAsync("commander-appointment", """
            {"steps":{"vet-rescue":[{"decision":"return","returnTo":"个人申请","opinion":"请补充。"}]},
             "objections":[{"afterWorkingDays":2}],"training":[{"score":55},{"score":88}]}
            """);
        Assert.Equal("已聘任为技术指挥官", report.Cases[0].Outcome);
        Assert.Equal(2, report.Steps.Count(step => step.ActivityId == "apply"));
        Assert.Equal(2, report.Steps.Where(step => step.ActivityId == "vet-rescue").Max(step => step.Round));
        Assert.Contains(report.Steps, step => step is { Process: "objection-handling", ActivityId: "rule" });
        Assert.Contains(report.History, line => line.Text.Contains("等待安排补考", StringComparison.Ordinal));
        Assert.Empty(report.Notes);
    }

    [Fact]
    public async Task WhoWaitsLetsTheDeadlinePass()
    {
        var report = await RunAsync("commander-appointment", """{"steps":{"recommend":{"decision":"wait"}}}""");
        Assert.Contains(report.Timers, timer => timer is { Kind: "step-deadline", About: "单位推荐", FiredAt: not null });
        var step = report.Steps.Single(one => one.ActivityId == "recommend");
        Assert.True(step.Decisions.Single().At > step.DueAt);
    }

    [Fact]
    public async Task AStepThatFindsNobodyIsNamedAndStopsTheRun()
    {
        await bureau.App.DatabaseAsync(async db =>
        {
            db.OrgUnits.Add(new OrgUnit { Code = "nobody-there", Name = "江州无人单位", Kind = OrgUnitKind.Employer });
            return await db.SaveChangesAsync();
        });
        var report = await RunAsync("commander-appointment", """{"unit":"nobody-there"}""");
        Assert.Equal(DryRunEnd.Waiting, report.End);
        Assert.Contains(report.Steps, step => step.Status == StepStatus.Unassigned && step.Missing.Count > 0);
        Assert.Contains(report.Notes, note => note.Contains("没有找到办理人", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnswersThatFitNowhereAreNoted()
    {
        var report = await RunAsync(
            "commander-appointment",
            """{"fields":{"salary":1},"steps":{"nowhere":{"decision":"reject"},"recommend":{"decision":"reject","by":"nobody"}}}""");
        Assert.Equal("所在单位不予推荐", report.Cases[0].Outcome);
        Assert.Contains(report.Notes, note => note.Contains("“salary”", StringComparison.Ordinal));
        Assert.Contains(report.Notes, note => note.Contains("“nowhere”", StringComparison.Ordinal));
        Assert.Contains(report.Notes, note => note.Contains("“nobody”", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ADraftIsPlayedWithoutBeingPublished()
    {
        var draft = await DraftAsync("commander-appointment", json => json.Replace("已聘任为技术指挥官", "草稿办结", StringComparison.Ordinal));
        var report = await RunAsync("commander-appointment", "{}", new DryRunSubject("commander-appointment", Draft: true));
        Assert.True(report.IsDraft);
        Assert.Equal(draft.Hash, report.Hash);
        Assert.Equal("草稿办结", report.Cases[0].Outcome);
        Assert.False(await bureau.App.DatabaseAsync(db => db.Definitions.Where(row => row.Id == draft.Id).Select(row => row.IsPublished).SingleAsync()));
    }

    [Fact]
    public async Task ADraftThatCannotRunSaysWhy()
    {
        await DraftAsync("objection-handling", json => json.Replace("Approvals.RuleObjection", "Approvals.Nonsense", StringComparison.Ordinal));
        var report = await RunAsync("objection-handling", "{}", new DryRunSubject("objection-handling", Draft: true));
        Assert.Equal(DryRunEnd.NotStarted, report.End);
        Assert.Contains("Approvals.Nonsense", report.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASubProcessIsTriedInsideTheProcessThatUsesIt()
    {
        var report = await RunAsync(
            "objection-handling",
            """{"within":"commander-appointment","objections":[{}],"steps":{"objection-handling/rule":{"decision":"reject"}}}""");
        Assert.Equal("公示期间异议成立", report.Cases[0].Outcome);
    }

    [Fact]
    public async Task TheCommandWritesItsResultAndTellsByItsExitCode()
    {
        var answers = Path.Combine(Folder, "answers.json");
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(answers, """{"steps":{"recommend":{"decision":"reject"}}}""", TestContext.Current.CancellationToken);
        Assert.Equal(0, await CommandAsync("simulate", "commander-appointment", "--answers", answers, "--out", Folder));
        var report = DryRunReport.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "report.json"), TestContext.Current.CancellationToken));
        Assert.Equal("所在单位不予推荐", report.Cases[0].Outcome);
        Assert.Equal(2, await CommandAsync("simulate", "no-such-process"));
        Assert.Equal(2, await CommandAsync("simulate", "commander-appointment", "--answers", Path.Combine(Folder, "missing.json")));
        Assert.Equal(2, await CommandAsync("simulate", "commander-appointment", "--version"));
        Assert.Equal(2, await CommandAsync("simulate", "commander-appointment", "--version", "99"));
    }

    private string Folder { get; } = Path.Combine(Path.GetTempPath(), $"dry-run-test-{Guid.CreateVersion7():N}");

    private Task<int> CommandAsync(params string[] arguments) => Cli.CommandLine.RunAsync(bureau.App.Services, arguments);

    private Task<DryRunReport> RunAsync(string process, string answers, DryRunSubject? subject = null) =>
        bureau.App.ServiceAsync<SimulateProcess, DryRunReport>(async simulate => await simulate.RunAsync(
            (await simulate.FindAsync(subject ?? new DryRunSubject(process), default))!, DryRunAnswers.Parse(answers), Folder, null,
            TestContext.Current.CancellationToken));

    private Task<DefinitionVersion> DraftAsync(string process, Func<string, string> change) => bureau.App.DatabaseAsync(async db =>
    {
        var latest = await db.Definitions.SingleAsync(row => row.DefinitionId == process && row.IsLatest);
        latest.IsLatest = false;
        await db.SaveChangesAsync();
        var json = change(latest.Json);
        var draft = new DefinitionVersion
        {
            Id = Guid.CreateVersion7().ToString("N"), DefinitionId = process, Version = latest.Version + 1, Name = latest.Name, IsLatest = true,
            Json = json, Files = latest.Files, Hash = DefinitionHash.Of(json, latest.Files), CreatedAt = latest.CreatedAt,
        };
        db.Definitions.Add(draft);
        await db.SaveChangesAsync();
        return draft;
    });

    /// <summary>Rows of every table, the head of the audit chain and the files of the data folder.</summary>
    private async Task<string> StateAsync()
    {
        var rows = await bureau.App.DatabaseAsync(async db =>
        {
            var counts = new StringBuilder();
            foreach (var table in db.Model.GetEntityTypes().Select(type => type.GetTableName()).OfType<string>().Distinct().Order())
            {
#pragma warning disable EF1002 // The names of tables are those of the model.
                var count = await db.Database.SqlQueryRaw<int>($"""SELECT COUNT(*) AS "Value" FROM "{table}" """).SingleAsync();
#pragma warning restore EF1002
                counts.Append(table).Append('=').Append(count).Append(' ');
            }

            var head = await db.AuditEntries.OrderByDescending(row => row.Sequence).Select(row => row.Hash).FirstOrDefaultAsync();
            return counts.Append(head).ToString();
        });
        var files = Directory.EnumerateFiles(Path.Combine(bureau.App.Folder, "files"), "*", SearchOption.AllDirectories).Count();
        return $"{rows} files={files}";
    }
}
