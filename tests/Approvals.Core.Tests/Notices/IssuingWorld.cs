using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Commanders;
using Approvals.Core.Commanders.Rules;
using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Forms;
using Approvals.Core.Hosting;
using Approvals.Core.Inbox;
using Approvals.Core.Integrity;
using Approvals.Core.Notices;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Core.Regulations;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Timers;
using Approvals.Core.Training;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Notices;

/// <summary>
/// The shipped processes, and a short one that has their issuing steps only: notice, training, certificates, register, insurance.
/// The clock stands at Monday, 2026-03-02 09:00 in China.
/// </summary>
internal sealed class IssuingWorld : IAsyncDisposable
{
    private IssuingWorld(TestKernel kernel) => Kernel = kernel;

    public TestKernel Kernel { get; }

    public Person Applicant { get; } = new() { Name = "欧阳喆" };

    public Person Officer { get; } = new() { Name = "经办甲" };

    public Person Leader { get; } = new() { Name = "局长丁" };

    public static async Task<IssuingWorld> StartAsync(string provider, Action<IServiceCollection>? more = null)
    {
        var kernel = await TestKernel.StartAsync(provider, services =>
        {
            services.AddOrganisation().AddCalendar().AddForms().AddRegulations().AddCommanderRules();
            services.AddFiles();
            services.AddProcesses(new ConfigurationBuilder().Build()).AddCases().AddInbox();
            services.AddCertificates().AddNotices().AddTraining().AddCommanders();
            services.AddOptions<ProcessOptions>().Configure<IConfiguration>(
                (options, configuration) => options.Folder = Path.Combine(configuration["Data:Folder"]!, "workflows"));
            services.AddScoped<ISignerCheck, AnyPassword>();
            services.AddIntegrity();
            more?.Invoke(services);
        });
        var world = new IssuingWorld(kernel);
        ShortProcess.Write(Path.Combine(kernel.Folder, "workflows"));
        await world.SeedAsync();
        await kernel.InScopeAsync(async scope =>
        {
            foreach (var task in scope.GetServices<IStartupTask>()
                .Where(one => one is ImportProcesses || one.GetType().Name.StartsWith("Seed", StringComparison.Ordinal)).OrderBy(one => one.Order))
            {
                await task.RunAsync(TestContext.Current.CancellationToken);
            }

            return true;
        });
        return world;
    }

    /// <summary>A case that has just reached its notice.</summary>
    public Task<Guid> CaseAtNoticeAsync() => Kernel.CommitAsync(async (scope, unit) =>
    {
        var definition = (await scope.GetRequiredService<DefinitionCatalogue>().FindPublishedAsync(ShortProcess.Key, default))!;
        var section = await unit.Db.OrgUnits.SingleAsync(one => one.Code == "rescue");
        var row = new Case
        {
            Number = $"T-{Guid.CreateVersion7():N}"[..20],
            ProcessKey = ShortProcess.Key,
            ProcessName = "聘任",
            DefinitionVersionId = definition.Row.Id,
            SubjectName = Applicant.Name,
            StarterId = Applicant.Id,
            ApplicantId = Applicant.Id,
            OwnerSectionId = section.Id,
            Status = CaseStatus.Running,
            Data = new JsonObject
            {
                ["name"] = Applicant.Name, ["identityNumber"] = "500224197805061239", ["unit"] = "江津化工", ["post"] = "总工程师",
                ["specialty"] = "hazchem", ["phone"] = "13800001234",
            }.ToJsonString(),
            CreatedAt = Kernel.Time.GetUtcNow(),
            UpdatedAt = Kernel.Time.GetUtcNow(),
        };
        unit.Db.Cases.Add(row);
        await unit.Db.SaveChangesAsync();
        row.InstanceId = (await scope.GetRequiredService<WorkflowHost>().StartAsync(ShortProcess.Key, row.Id, null, default)).Id;
        return row.Id;
    });

    public Task<PublicNotice> NoticeAsync(Guid caseId) =>
        Kernel.ReadAsync(db => db.Notices.AsNoTracking().SingleAsync(row => row.CaseId == caseId));

    public Task<FilingOutcome> ObjectAsync(Guid noticeId) => Kernel.InScopeAsync(scope => scope.GetRequiredService<FileObjection>()
        .FileAsync(noticeId, new ObjectionInput("李四", "13912345678", "任职年限与事实不符，请核查其履历。"), null, default));

    public Task<RulingOutcome> RuleAsync(Guid objectionId, bool upheld) => Kernel.InScopeAsync(scope =>
        scope.GetRequiredService<RuleObjection>().RuleAsync(objectionId, new Ruling(upheld, "已核查", "理由", Leader.Id), default));

    /// <summary>Decides the person's one open task.</summary>
    public Task DecideAsync(Person person, DecisionKind kind, JsonObject fields) => Kernel.InScopeAsync(async scope =>
    {
        scope.GetRequiredService<CurrentPerson>().Set(person.Id, person.Name, []);
        var task = await scope.GetRequiredService<ApprovalsDbContext>().Tasks
            .Where(row => row.AssigneeId == person.Id && row.State == TaskState.Open).Select(row => row.Id).SingleAsync();
        var view = await scope.GetRequiredService<TaskViews>().LoadAsync(task, default);
        return Assert.IsType<DecideOutcome.Decided>(await scope.GetRequiredService<DecideTask>().DecideAsync(
            new DecideRequest
            {
                TaskId = task, Kind = kind, Fields = fields, ShownHash = view!.Shown.Hash, Method = SignatureMethod.Drawn,
                Drawing = Cases.CaseWorld.Drawing, Secret = "right",
            },
            default));
    });

    /// <summary>Rings for everything that is due until nothing is.</summary>
    public Task RingAsync() => Kernel.InScopeAsync(async scope =>
    {
        while (await scope.GetRequiredService<TimerSweep>().RunDueAsync(default) > 0)
        {
        }

        return true;
    });

    public async Task PassNoticeAsync()
    {
        Kernel.Time.SetUtcNow(ChinaTime.EndOf(new DateOnly(2026, 3, 9)).AddMinutes(1));
        await RingAsync();
    }

    public ValueTask DisposeAsync() => Kernel.DisposeAsync();

    private Task SeedAsync() => Kernel.CommitAsync((_, db) =>
    {
        db.People.AddRange(Applicant, Officer, Leader);
        var section = new OrgUnit { Code = "rescue", Name = "救援协调处", Kind = OrgUnitKind.Section, LeaderInChargeId = Leader.Id };
        db.OrgUnits.Add(section);
        db.Positions.Add(new Position
        {
            PersonId = Leader.Id, OrgUnitId = section.Id, Kind = PositionKind.Leader, Title = "副局长", From = new DateOnly(2020, 1, 1),
        });
        foreach (var role in new[] { Roles.ObjectionHandler, Roles.InsuranceOfficer, Roles.RegisterKeeper })
        {
            db.RoleAssignments.Add(new RoleAssignment { PersonId = Officer.Id, Role = role });
        }
    });

    private sealed class AnyPassword : ISignerCheck
    {
        public Task<SignerCheckOutcome> VerifyAsync(Guid personId, string? secret, CancellationToken cancellationToken) =>
            Task.FromResult(SignerCheckOutcome.Confirmed);
    }
}
