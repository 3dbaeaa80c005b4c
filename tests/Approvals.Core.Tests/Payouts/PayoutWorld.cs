using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Accounts;
using Approvals.Core.Payouts.Bank;
using Approvals.Core.Payouts.Files;
using Approvals.Core.Payouts.Packets;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Payouts;

/// <summary>A claimant, an approver and finance people over an empty database; cases are rows without a workflow.</summary>
internal sealed class PayoutWorld : IAsyncDisposable
{
    public const string Programme = "commander-allowance";

    private int cases;

    private PayoutWorld(TestKernel kernel) => Kernel = kernel;

    public TestKernel Kernel { get; }

    public Person Claimant { get; } = new() { Name = "经办甲" };

    public Person Approver { get; } = new() { Name = "局长乙" };

    public Person Cashier { get; } = new() { Name = "出纳丙" };

    public Person Accountant { get; } = new() { Name = "会计丁" };

    public GrantApproval Approval => new(Claimant.Id, Approver.Id, null);

    public static async Task<PayoutWorld> StartAsync(string provider, Action<IServiceCollection>? more = null)
    {
        var world = new PayoutWorld(await TestKernel.StartAsync(provider, services =>
        {
            services.AddPayouts();
            services.AddScoped<ISignerCheck, KnownPassword>();
            more?.Invoke(services);
        }));
        await world.Kernel.CommitAsync((_, db) =>
        {
            db.People.AddRange(world.Claimant, world.Approver, world.Cashier, world.Accountant);
            db.RoleAssignments.Add(new RoleAssignment { PersonId = world.Cashier.Id, Role = Roles.Finance });
            db.RoleAssignments.Add(new RoleAssignment { PersonId = world.Accountant.Id, Role = Roles.Finance });
        });
        return world;
    }

    public async Task<Guid> CaseAsync()
    {
        var row = new Case
        {
            Number = $"BZ-2026-{++cases:0000}",
            ProcessKey = "allowance",
            ProcessName = "工作补助",
            DefinitionVersionId = "none",
            SubjectName = "工作补助",
            StarterId = Claimant.Id,
            ApplicantId = Claimant.Id,
            Status = CaseStatus.Completed,
            Data = "{}",
        };
        await Kernel.CommitAsync((_, db) => db.Cases.Add(row));
        return row.Id;
    }

    /// <summary>A grant over 200 yuan a day, or over a plain sum.</summary>
    public static EntitlementGrant Grant(
        string key, PayeeReference payee, decimal? amount = null, IReadOnlyList<ClaimedDay>? days = null, string period = "2026-02")
    {
        var sum = amount ?? days!.Sum(day => day.Share) * 200m;
        return new EntitlementGrant
        {
            Key = key,
            Kind = EntitlementKind.Allowance,
            Programme = Programme,
            ProgrammeName = "技术指挥官现场工作补助",
            Period = period,
            Payee = payee,
            Amount = sum,
            Working = days is null
                ? [new WorkingLine("工作补助", null, null, null, sum)]
                : [new WorkingLine("市内现场", days.Sum(day => day.Share), "天", 200m, sum, "办法第二十条")],
            Days = days ?? [],
        };
    }

    public static ClaimedDay[] Days(DateOnly first, int count) =>
        [.. Enumerable.Range(0, count).Select(day => new ClaimedDay(first.AddDays(day), 1m))];

    public Task<GrantOutcome> GrantAsync(Guid caseId, params EntitlementGrant[] grants) =>
        GrantAsync(new GrantRequest(caseId, Approval, grants));

    /// <summary>As an activity does: a refusal gives the transaction up.</summary>
    public Task<GrantOutcome> GrantAsync(GrantRequest request) => Kernel.CommitAsync(async (scope, unit) =>
    {
        var outcome = await scope.GetRequiredService<GrantEntitlements>().GrantAsync(request, default);
        if (outcome is GrantOutcome.Refused)
            unit.Abort();
        return outcome;
    });

    public async Task<IReadOnlyList<Entitlement>> GrantedAsync(params EntitlementGrant[] grants) =>
        Assert.IsType<GrantOutcome.Granted>(await GrantAsync(await CaseAsync(), grants)).Entitlements;

    public async Task<string> RefusedAsync(params EntitlementGrant[] grants) =>
        Assert.IsType<GrantOutcome.Refused>(await GrantAsync(await CaseAsync(), grants)).Text;

    public Task<List<Entitlement>> EntitlementsAsync() =>
        Kernel.ReadAsync(db => db.Entitlements.AsNoTracking().OrderBy(row => row.Number).ToListAsync());

    /// <summary>An account of a payee, entered by one member of finance and confirmed by the other.</summary>
    public async Task<PayeeAccount> AccountAsync(PayeeReference payee, string number)
    {
        var saved = Assert.IsType<AccountOutcome.Saved>(await EnterAccountAsync(payee, number));
        Assert.Null(await VerifyAsync(saved.Account.Id, Accountant));
        return saved.Account;
    }

    public async Task<AccountOutcome> EnterAccountAsync(PayeeReference payee, string number)
    {
        var id = await PayeeIdAsync(payee);
        return await Kernel.InScopeAsync(scope => scope.GetRequiredService<ChangeAccount>().ByFinanceAsync(
            id, new AccountInput(payee.Name, number, "江州银行营业部", "313653000013"), Cashier.Id, default));
    }

    public Task<string?> VerifyAsync(Guid accountId, Person by) => Kernel.InScopeAsync(scope =>
        scope.GetRequiredService<ConfirmAccount>().ConfirmAsync(accountId, by.Id, default));

    public Task<Guid> PayeeIdAsync(PayeeReference payee) => Kernel.ReadAsync(db =>
        db.Payees.Where(row => row.IdentityNumber == payee.IdentityNumber).Select(row => row.Id).SingleAsync());

    public Task<BuildOutcome> BuildAsync(string from = "2026-01", string until = "2026-12", string programme = Programme) => Kernel.InScopeAsync(scope =>
        scope.GetRequiredService<BuildPacket>().BuildAsync(new PacketRange(programme, from, until), Cashier.Id, default));

    /// <summary>Builds, renders and acknowledges a packet of everything that waits.</summary>
    public async Task<PayoutPacket> PacketAsync()
    {
        var packet = Assert.IsType<BuildOutcome.Built>(await BuildAsync()).Packet;
        await AcknowledgedAsync(packet);
        return packet;
    }

    public async Task AcknowledgedAsync(PayoutPacket packet)
    {
        await RenderAsync();
        Assert.Null(await Kernel.InScopeAsync(scope =>
            scope.GetRequiredService<AcknowledgePacket>().AcknowledgeAsync(packet.Id, Cashier.Id, default)));
    }

    public async Task RenderAsync()
    {
        await Kernel.Services.GetRequiredService<OutboxWorker>().RunDueAsync(default);
        Assert.Empty(await Kernel.ReadAsync(db => db.Outbox.Where(row => row.LastError != null).Select(row => row.LastError).ToListAsync()));
    }

    public Task<List<PacketLine>> LinesAsync(Guid packetId) => Kernel.ReadAsync(db =>
        db.PacketLines.AsNoTracking().Where(row => row.PacketId == packetId).OrderBy(row => row.Sequence).ToListAsync());

    public Task<MarkOutcome> MarkAsync(
        Guid packetId, IEnumerable<PacketLine> lines, LineState to, string? note = null, Person? by = null, bool byBank = false) =>
        Kernel.InScopeAsync(scope => scope.GetRequiredService<MarkLines>().MarkAsync(
            packetId, [.. lines.Select(line => new LineMark(line.Id, to, note))], (by ?? Cashier).Id, byBank, default));

    public async Task<BuildOutcome> CorrectAsync(IEnumerable<PacketLine> lines, string programme = Programme)
    {
        var ids = lines.Select(line => line.Id).ToList();
        return await Kernel.InScopeAsync(scope =>
            scope.GetRequiredService<CorrectPacket>().BuildAsync(programme, ids, Cashier.Id, default));
    }

    /// <summary>Exports the transfer file of a packet; null when no line waits.</summary>
    public Task<PacketEntry?> ExportAsync(Guid packetId) => Kernel.InScopeAsync(scope =>
        scope.GetRequiredService<TransferFileNow>().MakeAsync(packetId, default));

    /// <summary>Downloads a file of a packet.</summary>
    public Task<PacketEntry?> DownloadAsync(Guid packetId, PacketFileKind kind) => Kernel.InScopeAsync(scope =>
        scope.GetRequiredService<DownloadPacketFile>().ReadAsync(packetId, kind, default));

    public Task<string> ProgrammeAsync(Guid packetId) =>
        Kernel.ReadAsync(db => db.Packets.Where(row => row.Id == packetId).Select(row => row.Programme).SingleAsync());

    public ValueTask DisposeAsync() => Kernel.DisposeAsync();

    private sealed class KnownPassword : ISignerCheck
    {
        public Task<SignerCheckOutcome> VerifyAsync(Guid personId, string? secret, CancellationToken cancellationToken) =>
            Task.FromResult(secret == "right" ? SignerCheckOutcome.Confirmed : SignerCheckOutcome.Wrong);
    }
}
