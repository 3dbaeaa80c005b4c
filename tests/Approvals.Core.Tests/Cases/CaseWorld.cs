using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Commanders;
using Approvals.Core.Commanders.Rules;
using Approvals.Core.Data;
using Approvals.Core.Draws;
using Approvals.Core.Files;
using Approvals.Core.Forms;
using Approvals.Core.Hosting;
using Approvals.Core.Inbox;
using Approvals.Core.Integrity;
using Approvals.Core.Organisation;
using Approvals.Core.Payouts;
using Approvals.Core.Processes;
using Approvals.Core.Regulations;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Timers;
using Approvals.Core.Waiting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Cases;

/// <summary>
/// A bureau with one section, its head and leader, a unit with a representative, two voters and an applicant, on which small
/// processes run as the product runs its own. People sign with the password <c>right</c>.
/// </summary>
internal sealed class CaseWorld : IAsyncDisposable
{
    private CaseWorld(TestKernel kernel) => Kernel = kernel;

    public TestKernel Kernel { get; }

    public Person Applicant { get; } = new() { Name = "申请人甲" };

    public Person Representative { get; } = new() { Name = "单位经办乙" };

    public Person Head { get; } = new() { Name = "处长丙" };

    public Person Leader { get; } = new() { Name = "局长丁" };

    public Person VoterOne { get; } = new() { Name = "委员一" };

    public Person VoterTwo { get; } = new() { Name = "委员二" };

    public string Workflows => Path.Combine(Kernel.Folder, "workflows");

    public static Task<CaseWorld> StartAsync(string provider, params TestProcess[] processes) => StartAsync(provider, _ => { }, processes);

    /// <summary>The same with services of a test's own, e.g. what makes commands fail.</summary>
    public static async Task<CaseWorld> StartAsync(string provider, Action<IServiceCollection> more, params TestProcess[] processes)
    {
        var kernel = await TestKernel.StartAsync(provider, services =>
        {
            services.AddOrganisation().AddCalendar().AddForms().AddRegulations().AddCommanderRules();
            services.AddFiles();
            services.AddProcesses(new ConfigurationBuilder().Build()).AddCases().AddInbox();
            services.AddCertificates().AddCommanders().AddWaiting().AddDraws().AddPayouts();
            services.AddDataProtection();
            services.AddOptions<ProcessOptions>().Configure<IConfiguration>(
                (options, configuration) => options.Folder = Path.Combine(configuration["Data:Folder"]!, "workflows"));
            services.AddScoped<ISignerCheck, KnownPassword>();
            services.AddIntegrity();
            more(services);
        });
        var world = new CaseWorld(kernel);
        Directory.CreateDirectory(world.Workflows);
        foreach (var process in processes)
            process.Write(world.Workflows);
        await world.SeedAsync();
        await world.ImportAsync();
        return world;
    }

    public Task ImportAsync() => Kernel.InScopeAsync(async scope =>
    {
        foreach (var task in scope.GetServices<IStartupTask>().OfType<ImportProcesses>())
            await task.RunAsync(TestContext.Current.CancellationToken);
        return true;
    });

    /// <summary>Does something as a person, in a scope of its own, as a request does.</summary>
    /// <summary>Changes the text of a stored process behind the product's back, as another release would have stored it, and starts the product anew.</summary>
    public async Task RewriteAsync(string process, string text, string instead)
    {
        await Kernel.ReadAsync(async db =>
        {
            var stored = await db.Definitions.Where(row => row.DefinitionId == process).Select(row => row.Json).SingleAsync();
            var json = stored.Replace(text, instead, StringComparison.Ordinal);
            return await db.Definitions.Where(row => row.DefinitionId == process)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Json, json));
        });
        await Kernel.RestartAsync();
    }

    public Task<T> AsAsync<T>(Person person, Func<IServiceProvider, Task<T>> work) => Kernel.InScopeAsync(scope =>
    {
        scope.GetRequiredService<CurrentPerson>().Set(person.Id, person.Name, []);
        return work(scope);
    });

    public Task<SubmitOutcome> SubmitAsync(string process, Person? by = null) => AsAsync(by ?? Applicant, async scope =>
    {
        var draft = await scope.GetRequiredService<StartCase>().DraftAsync(process, default);
        return await scope.GetRequiredService<SubmitCase>()
            .SubmitAsync(draft!.Value, new JsonObject { ["name"] = "申请人甲", ["reason"] = "需要" }, default);
    });

    public async Task<Guid> SubmittedAsync(string process) =>
        Assert.IsType<SubmitOutcome.Submitted>(await SubmitAsync(process)).CaseId;

    /// <summary>Rings for everything that is due until nothing is.</summary>
    public Task RingAsync() => Kernel.InScopeAsync(async scope =>
    {
        while (await scope.GetRequiredService<TimerSweep>().RunDueAsync(TestContext.Current.CancellationToken) > 0)
        {
        }

        return true;
    });

    public Task<List<InboxTask>> OpenTasksAsync(Guid caseId) => Kernel.ReadAsync(db =>
        db.Tasks.AsNoTracking().Where(task => task.CaseId == caseId && task.State == TaskState.Open).OrderBy(task => task.Id).ToListAsync());

    public async Task<InboxTask> TaskOfAsync(Guid caseId, Person person) =>
        Assert.Single(await OpenTasksAsync(caseId), task => task.AssigneeId == person.Id);

    public Task<Case> CaseAsync(Guid caseId) => Kernel.ReadAsync(db => db.Cases.AsNoTracking().SingleAsync(row => row.Id == caseId));

    public Task<List<string>> HistoryAsync(Guid caseId) => Kernel.ReadAsync(db =>
        db.CaseEvents.AsNoTracking().Where(row => row.CaseId == caseId).OrderBy(row => row.Id).Select(row => row.Kind).ToListAsync());

    /// <summary>Opens a task's page and decides it.</summary>
    public Task<DecideOutcome> DecideAsync(
        InboxTask task, Person person, DecisionKind kind, string? opinion = null, string? returnTo = null, JsonObject? fields = null,
        string secret = "right") =>
        AsAsync(person, async scope =>
        {
            var view = await scope.GetRequiredService<TaskViews>().LoadAsync(task.Id, default);
            var request = Request(task, view!.Shown.Hash, kind) with
            {
                Opinion = opinion,
                ReturnTo = returnTo,
                Fields = fields,
                Secret = secret,
            };
            return await scope.GetRequiredService<DecideTask>().DecideAsync(request, default);
        });

    public static DecideRequest Request(InboxTask task, string shownHash, DecisionKind kind) => new()
    {
        TaskId = task.Id,
        Kind = kind,
        ShownHash = shownHash,
        Method = SignatureMethod.Drawn,
        Drawing = Drawing,
        Secret = "right",
    };

    /// <summary>A picture of one pixel, as a drawn signature.</summary>
    public static readonly byte[] Drawing = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public ValueTask DisposeAsync() => Kernel.DisposeAsync();

    private Task SeedAsync() => Kernel.CommitAsync((_, db) =>
    {
        db.People.AddRange(Applicant, Representative, Head, Leader, VoterOne, VoterTwo);
        var section = new OrgUnit { Code = "rescue", Name = "救援协调处", Kind = OrgUnitKind.Section, LeaderInChargeId = Leader.Id };
        var committee = new OrgUnit { Code = "committee", Name = "评议处", Kind = OrgUnitKind.Section, LeaderInChargeId = Leader.Id };
        var unit = new OrgUnit { Code = "employer", Name = "江州化工", Kind = OrgUnitKind.Employer };
        db.OrgUnits.AddRange(section, committee, unit);
        AddPost(db, Head, section, PositionKind.Head);
        AddPost(db, Leader, section, PositionKind.Leader);
        AddPost(db, VoterOne, committee, PositionKind.Head);
        AddPost(db, VoterTwo, committee, PositionKind.Head);
        AddPost(db, Applicant, unit, PositionKind.Member);
        AddPost(db, Representative, unit, PositionKind.Representative);
    });

    private static void AddPost(ApprovalsDbContext db, Person person, OrgUnit unit, PositionKind kind) => db.Positions.Add(new Position
    {
        PersonId = person.Id,
        OrgUnitId = unit.Id,
        Kind = kind,
        Title = kind.ToString(),
        From = new DateOnly(2020, 1, 1),
    });

    private sealed class KnownPassword : ISignerCheck
    {
        public Task<SignerCheckOutcome> VerifyAsync(Guid personId, string? secret, CancellationToken cancellationToken) =>
            Task.FromResult(secret == "right" ? SignerCheckOutcome.Confirmed : SignerCheckOutcome.Wrong);
    }
}
