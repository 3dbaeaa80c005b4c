using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Approvals.Core.Hosting;
using Approvals.Core.Inbox;
using Approvals.Core.Missions;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Core.Regulations;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Timers;
using Approvals.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Missions;

/// <summary>
/// The shipped processes and a bureau with its register: two general commanders, a duty office, the rescue section, finance, and
/// three commanders in term, the third of whom has no insurance. The clock stands at Monday, 2026-03-02 09:00 in China.
/// </summary>
internal sealed class MissionWorld : IAsyncDisposable
{
    private MissionWorld(TestKernel kernel) => Kernel = kernel;

    public TestKernel Kernel { get; }

    public Person General { get; } = new() { Name = "总指挥甲" };

    public Person OtherGeneral { get; } = new() { Name = "总指挥乙" };

    public Person Duty { get; } = new() { Name = "值班员" };

    public Person Handler { get; } = new() { Name = "经办员" };

    public Person Head { get; } = new() { Name = "救援处长" };

    public Person Leader { get; } = new() { Name = "分管局长" };

    public Person Finance { get; } = new() { Name = "财务处长" };

    public Person Officer { get; } = new() { Name = "保险经办员" };

    public IReadOnlyList<Person> Commanders { get; } =
        [new Person { Name = "指挥官一" }, new Person { Name = "指挥官二" }, new Person { Name = "指挥官三" }];

    public static readonly string[] IdentityNumbers = ["500101198503071211", "500224197805061239", "110101199003072316"];

    public List<Guid> CommanderIds { get; } = [];

    public static async Task<MissionWorld> StartAsync(string provider, Action<IServiceCollection>? more = null)
    {
        var kernel = await TestKernel.StartAsync(provider, services =>
        {
            services.AddProductAreas(new ConfigurationBuilder().Build());
            services.AddOptions<ProcessOptions>().Configure(options => options.Folder = Path.Combine(Root(), "workflows"));
            services.AddScoped<ISignerCheck, AnyPassword>();
            more?.Invoke(services);
        });
        var world = new MissionWorld(kernel);
        await kernel.CommitAsync((_, db) => world.SeedPeople(db));
        await kernel.InScopeAsync(async scope =>
        {
            foreach (var task in scope.GetServices<IStartupTask>()
                .Where(one => one is ImportProcesses or SeedParameters).OrderBy(one => one.Order))
            {
                await task.RunAsync(TestContext.Current.CancellationToken);
            }

            return true;
        });
        await kernel.CommitAsync((_, db) => world.SeedRegister(db));
        return world;
    }

    /// <summary>Does something as a person with their roles, in a scope of its own.</summary>
    public Task<T> AsAsync<T>(Person person, Func<IServiceProvider, Task<T>> work) => Kernel.InScopeAsync(scope =>
    {
        scope.GetRequiredService<CurrentPerson>().Set(person.Id, person.Name, RolesOf(person));
        return work(scope);
    });

    public async Task<Guid> OpenEventAsync(Person? general = null, EventLevel level = EventLevel.Larger, string region = "urban") =>
        Assert.IsType<OpenEventOutcome.Opened>(await AsAsync(Duty, scope => scope.GetRequiredService<OpenEvent>().OpenAsync(
            new EventInput
            {
                Name = "化工园区泄漏事故", Specialty = "hazchem", Level = level, Region = region, Place = "化工园区三号路",
                Latitude = 29.29, Longitude = 106.26, StartedAt = ChinaTime.ToLocal(Kernel.Time.GetUtcNow()).DateTime.AddMinutes(-20),
                GeneralCommanderId = (general ?? General).Id,
            },
            default))).EventId;

    public Task<AppointOutcome> ChooseAsync(Guid eventId, int commander, Person? general = null) => AsAsync(general ?? General, scope =>
        scope.GetRequiredService<AppointCommander>().ChooseAsync(eventId, CommanderIds[commander], "负责堵漏", default));

    public async Task<Mission> ChosenAsync(Guid eventId, int commander, Person? general = null)
    {
        var outcome = await ChooseAsync(eventId, commander, general);
        var id = outcome is AppointOutcome.ToSign chosen ? chosen.MissionId : throw new InvalidOperationException(outcome.ToString());
        return await MissionAsync(id);
    }

    /// <summary>A mission on which the commander has come.</summary>
    public async Task<Mission> ActiveAsync(Guid eventId, int commander)
    {
        var mission = await ChosenAsync(eventId, commander);
        await DecideAsync(mission.CaseId, General, DecisionKind.Approve);
        await DecideAsync(mission.CaseId, Commanders[commander], DecisionKind.Approve);
        return await MissionAsync(mission.Id);
    }

    /// <summary>Ends a mission that is active.</summary>
    public async Task EndAsync(Mission mission, DateOnly? lastDay = null) => Assert.IsType<DecideOutcome.Decided>(await DecideAsync(
        mission.CaseId, General, DecisionKind.Approve,
        fields: new JsonObject { ["terminationReason"] = "over", ["lastDay"] = lastDay?.ToString("yyyy-MM-dd") }));

    public Task<Mission> MissionAsync(Guid id) => Kernel.ReadAsync(db => db.Missions.AsNoTracking().SingleAsync(row => row.Id == id));

    public Task<List<InboxTask>> OpenTasksAsync(Guid caseId) => Kernel.ReadAsync(db => db.Tasks.AsNoTracking()
        .Where(task => task.CaseId == caseId && task.State == TaskState.Open).OrderBy(task => task.Id).ToListAsync());

    /// <summary>Decides the person's open task in the case.</summary>
    public async Task<DecideOutcome> DecideAsync(
        Guid caseId, Person person, DecisionKind kind, string? opinion = null, JsonObject? fields = null, string? returnTo = null)
    {
        var task = Assert.Single(await OpenTasksAsync(caseId), one => one.AssigneeId == person.Id);
        return await DecideTaskAsync(task.Id, person, kind, opinion, fields, returnTo);
    }

    /// <summary>Decides a task, which may be done already.</summary>
    public Task<DecideOutcome> DecideTaskAsync(
        Guid task, Person person, DecisionKind kind, string? opinion = null, JsonObject? fields = null, string? returnTo = null) =>
        AsAsync(person, async scope =>
        {
            var view = await scope.GetRequiredService<TaskViews>().LoadAsync(task, default);
            return await scope.GetRequiredService<DecideTask>().DecideAsync(
                new DecideRequest
                {
                    TaskId = task, Kind = kind, Opinion = opinion, Fields = fields, ShownHash = view!.Shown.Hash, ReturnTo = returnTo,
                    Method = SignatureMethod.Drawn, Drawing = Picture, Secret = "right",
                },
                default);
        });

    /// <summary>Fires every timer that is due and carries out every message.</summary>
    public Task RingAsync() => Kernel.InScopeAsync(async scope =>
    {
        while (await scope.GetRequiredService<TimerSweep>().RunDueAsync(default)
            + await scope.GetRequiredService<OutboxWorker>().RunDueAsync(default) > 0)
        {
        }

        return true;
    });

    public Task<List<string>> ToldAsync(Person person) => Kernel.ReadAsync(db => db.Notifications.AsNoTracking()
        .Where(row => row.PersonId == person.Id).OrderBy(row => row.Id).Select(row => row.Text).ToListAsync());

    public ValueTask DisposeAsync() => Kernel.DisposeAsync();

    /// <summary>A picture of one pixel; orders print it.</summary>
    private static readonly byte[] Picture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private string[] RolesOf(Person person) =>
        person == Duty ? [Roles.DutyOffice]
        : person == General || person == OtherGeneral ? [Roles.GeneralCommander]
        : person == Finance ? [Roles.Finance]
        : person == Handler ? [Roles.AllowanceOfficer]
        : person == Officer ? [Roles.InsuranceOfficer, Roles.RegisterKeeper]
        : [];

    private void SeedPeople(ApprovalsDbContext db)
    {
        db.People.AddRange([General, OtherGeneral, Duty, Handler, Head, Leader, Finance, Officer, .. Commanders]);
        var rescue = new OrgUnit { Code = "rescue", Name = "救援协调处", Kind = OrgUnitKind.Section, LeaderInChargeId = Leader.Id };
        var finance = new OrgUnit { Code = "finance", Name = "规划财务处", Kind = OrgUnitKind.Section, LeaderInChargeId = Leader.Id };
        db.OrgUnits.AddRange(rescue, finance);
        Post(db, Handler, rescue, PositionKind.Handler);
        Post(db, Head, rescue, PositionKind.Head);
        Post(db, Leader, rescue, PositionKind.Leader);
        Post(db, Finance, finance, PositionKind.Head);
        foreach (var person in new[] { Duty, General, OtherGeneral, Finance, Officer })
        {
            db.RoleAssignments.AddRange(RolesOf(person).Select(role => new RoleAssignment { PersonId = person.Id, Role = role }));
        }
    }

    private void SeedRegister(ApprovalsDbContext db)
    {
        var version = db.Definitions.Single(row => row.DefinitionId == "commander-appointment" && row.IsPublished).Id;
        for (var i = 0; i < Commanders.Count; i++)
        {
            var origin = new Case
            {
                Number = $"JZPR-2025-{i + 1:0000}", ProcessKey = "commander-appointment", ProcessName = "技术指挥官聘任",
                DefinitionVersionId = version, SubjectName = Commanders[i].Name, StarterId = Commanders[i].Id,
                ApplicantId = Commanders[i].Id, Status = CaseStatus.Completed, Data = "{}",
            };
            var commander = new Commander
            {
                CaseId = origin.Id, PersonId = Commanders[i].Id, Name = Commanders[i].Name, IdentityNumber = IdentityNumbers[i],
                Gender = "男", UnitName = "江州化工", Specialty = i == 1 ? "fire" : "hazchem", SpecialtyName = i == 1 ? "火灾与高层建筑" : "危险化学品",
                CertificateNumber = $"江应急聘〔2025〕第{i + 1:0000}号", TermStart = new DateOnly(2025, 3, 1), TermEnd = new DateOnly(2030, 2, 28),
                BasePlace = "江州", Latitude = 29.3 + (i * 0.3), Longitude = 106.25,
            };
            db.Cases.Add(origin);
            db.Commanders.Add(commander);
            CommanderIds.Add(commander.Id);
            if (i < 2)
            {
                db.InsurancePolicies.Add(new InsurancePolicy
                {
                    CaseId = origin.Id, CommanderId = commander.Id, Insurer = "江州财险", PolicyNumber = $"P-{i}", SumInsured = 1_000_000,
                    ValidFrom = new DateOnly(2025, 3, 1), ValidUntil = new DateOnly(2026, 12, 31),
                });
            }
        }
    }

    private static void Post(ApprovalsDbContext db, Person person, OrgUnit unit, PositionKind kind) => db.Positions.Add(new Position
    {
        PersonId = person.Id, OrgUnitId = unit.Id, Kind = kind, Title = kind.ToString(), From = new DateOnly(2020, 1, 1),
    });

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Approvals.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    private sealed class AnyPassword : ISignerCheck
    {
        public Task<SignerCheckOutcome> VerifyAsync(Guid personId, string? secret, CancellationToken cancellationToken) =>
            Task.FromResult(SignerCheckOutcome.Confirmed);
    }
}
