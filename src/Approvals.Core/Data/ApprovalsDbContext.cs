using Approvals.Core.Allowances;
using Approvals.Core.Api;
using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Commanders;
using Approvals.Core.Compensation;
using Approvals.Core.Draws;
using Approvals.Core.Files;
using Approvals.Core.Inbox;
using Approvals.Core.Insurance;
using Approvals.Core.Missions;
using Approvals.Core.Notices;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Packets;
using Approvals.Core.Processes;
using Approvals.Core.Regulations;
using Approvals.Core.Timers;
using Approvals.Core.Training;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Data;

/// <summary>The one model of the product; each database has its own set of migrations over it.</summary>
public sealed class ApprovalsDbContext(DbContextOptions<ApprovalsDbContext> options)
    : IdentityUserContext<ApplicationUser, Guid>(options), IDataProtectionKeyContext
{
    /// <summary>机构.</summary>
    public DbSet<OrgUnit> OrgUnits => Set<OrgUnit>();

    /// <summary>人员.</summary>
    public DbSet<Person> People => Set<Person>();

    /// <summary>任职.</summary>
    public DbSet<Position> Positions => Set<Position>();

    /// <summary>角色.</summary>
    public DbSet<RoleAssignment> RoleAssignments => Set<RoleAssignment>();

    /// <summary>代理.</summary>
    public DbSet<Substitution> Substitutions => Set<Substitution>();

    /// <summary>流程定义版本.</summary>
    public DbSet<DefinitionVersion> Definitions => Set<DefinitionVersion>();

    /// <summary>流程文件.</summary>
    public DbSet<ProcessFile> ProcessFiles => Set<ProcessFile>();

    /// <summary>流程实例.</summary>
    public DbSet<WorkflowInstanceRow> Instances => Set<WorkflowInstanceRow>();

    /// <summary>书签.</summary>
    public DbSet<WorkflowBookmarkRow> Bookmarks => Set<WorkflowBookmarkRow>();

    /// <summary>执行日志.</summary>
    public DbSet<JournalBurst> Journal => Set<JournalBurst>();

    /// <summary>故障.</summary>
    public DbSet<WorkflowIncidentRow> Incidents => Set<WorkflowIncidentRow>();

    /// <summary>业务件.</summary>
    public DbSet<Case> Cases => Set<Case>();

    /// <summary>附件.</summary>
    public DbSet<CaseAttachment> Attachments => Set<CaseAttachment>();

    /// <summary>办理记录.</summary>
    public DbSet<CaseEvent> CaseEvents => Set<CaseEvent>();

    /// <summary>评论.</summary>
    public DbSet<CaseComment> CaseComments => Set<CaseComment>();

    /// <summary>办理环节.</summary>
    public DbSet<StepRun> StepRuns => Set<StepRun>();

    /// <summary>待办.</summary>
    public DbSet<InboxTask> Tasks => Set<InboxTask>();

    /// <summary>抄送.</summary>
    public DbSet<CaseCopy> Copies => Set<CaseCopy>();

    /// <summary>办理.</summary>
    public DbSet<Decision> Decisions => Set<Decision>();

    /// <summary>法规参数.</summary>
    public DbSet<RegulationParameter> Parameters => Set<RegulationParameter>();

    /// <summary>核查结果.</summary>
    public DbSet<Finding> Findings => Set<Finding>();

    /// <summary>节假日安排.</summary>
    public DbSet<CalendarDay> CalendarDays => Set<CalendarDay>();

    /// <summary>公示.</summary>
    public DbSet<PublicNotice> Notices => Set<PublicNotice>();

    /// <summary>异议.</summary>
    public DbSet<Objection> Objections => Set<Objection>();

    /// <summary>培训考核班次.</summary>
    public DbSet<TrainingSession> TrainingSessions => Set<TrainingSession>();

    /// <summary>参训记录.</summary>
    public DbSet<TrainingEnrolment> TrainingEnrolments => Set<TrainingEnrolment>();

    /// <summary>技术指挥官信息库.</summary>
    public DbSet<Commander> Commanders => Set<Commander>();

    /// <summary>意外伤害保险.</summary>
    public DbSet<InsurancePolicy> InsurancePolicies => Set<InsurancePolicy>();

    /// <summary>投保名单.</summary>
    public DbSet<InsuranceMember> InsuranceMembers => Set<InsuranceMember>();

    /// <summary>保险理赔.</summary>
    public DbSet<InsuranceClaim> InsuranceClaims => Set<InsuranceClaim>();

    /// <summary>理赔材料.</summary>
    public DbSet<InsuranceClaimFile> InsuranceClaimFiles => Set<InsuranceClaimFile>();

    /// <summary>突发事件.</summary>
    public DbSet<EmergencyEvent> Events => Set<EmergencyEvent>();

    /// <summary>参考名册.</summary>
    public DbSet<EventRoster> EventRosters => Set<EventRoster>();

    /// <summary>现场记录.</summary>
    public DbSet<EventLogEntry> EventLog => Set<EventLogEntry>();

    /// <summary>现场任命.</summary>
    public DbSet<Mission> Missions => Set<Mission>();

    /// <summary>不在位.</summary>
    public DbSet<CommanderAbsence> CommanderAbsences => Set<CommanderAbsence>();

    /// <summary>工作补助标准版本.</summary>
    public DbSet<AllowanceRateTable> AllowanceRateTables => Set<AllowanceRateTable>();

    /// <summary>工作补助标准.</summary>
    public DbSet<AllowanceRate> AllowanceRates => Set<AllowanceRate>();

    /// <summary>补偿申请的发票.</summary>
    public DbSet<CompensationInvoice> CompensationInvoices => Set<CompensationInvoice>();

    /// <summary>文书.</summary>
    public DbSet<IssuedDocument> Documents => Set<IssuedDocument>();

    /// <summary>证书.</summary>
    public DbSet<Certificate> Certificates => Set<Certificate>();

    /// <summary>抽取申请.</summary>
    public DbSet<DrawRequest> DrawRequests => Set<DrawRequest>();

    /// <summary>抽取记录.</summary>
    public DbSet<DrawRecord> DrawRecords => Set<DrawRecord>();

    /// <summary>抽中人员拒绝.</summary>
    public DbSet<DrawRefusal> DrawRefusals => Set<DrawRefusal>();

    /// <summary>编号.</summary>
    public DbSet<NumberSeries> NumberSeries => Set<NumberSeries>();

    /// <summary>文件.</summary>
    public DbSet<StoredFile> Files => Set<StoredFile>();

    /// <summary>收款人.</summary>
    public DbSet<Payee> Payees => Set<Payee>();

    /// <summary>收款账户.</summary>
    public DbSet<PayeeAccount> PayeeAccounts => Set<PayeeAccount>();

    /// <summary>应付.</summary>
    public DbSet<Entitlement> Entitlements => Set<Entitlement>();

    /// <summary>人日.</summary>
    public DbSet<PersonDay> PersonDays => Set<PersonDay>();

    /// <summary>拨付批次.</summary>
    public DbSet<PayoutPacket> Packets => Set<PayoutPacket>();

    /// <summary>批次明细.</summary>
    public DbSet<PacketLine> PacketLines => Set<PacketLine>();

    /// <summary>批次文件.</summary>
    public DbSet<PacketFile> PacketFiles => Set<PacketFile>();

    /// <summary>银行回盘文件.</summary>
    public DbSet<BankResult> BankResults => Set<BankResult>();

    /// <summary>审计链.</summary>
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <summary>审计链头.</summary>
    public DbSet<AuditHead> AuditHeads => Set<AuditHead>();

    /// <summary>发件箱.</summary>
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    /// <summary>站内消息.</summary>
    public DbSet<Notification> Notifications => Set<Notification>();

    /// <summary>定时.</summary>
    public DbSet<TimerRow> Timers => Set<TimerRow>();

    /// <summary>登录会话.</summary>
    public DbSet<SignInSession> Sessions => Set<SignInSession>();

    /// <summary>接口令牌.</summary>
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    /// <summary>幂等记录.</summary>
    public DbSet<IdempotencyRecord> IdempotencyRecords => Set<IdempotencyRecord>();

    /// <summary>Keys of ASP.NET Core data protection, shared by every instance of the product.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Looks for changes once a save; EF would look again for every interceptor that asks what has changed.</summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        ChangeTracker.DetectChanges();
        var looksByItself = ChangeTracker.AutoDetectChangesEnabled;
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = looksByItself;
        }
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        ProviderConventions.Configure(configurationBuilder, Database.ProviderName);
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(ApprovalsDbContext).Assembly);
        ProviderConventions.Apply(builder, Database.ProviderName);
    }
}
