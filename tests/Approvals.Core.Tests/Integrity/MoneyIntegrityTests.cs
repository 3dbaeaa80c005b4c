using System.Text.Json.Nodes;
using Approvals.Core.Allowances;
using Approvals.Core.Inbox;
using Approvals.Core.Insurance;
using Approvals.Core.Integrity;
using Approvals.Core.Missions;
using Approvals.Core.Payouts.Packets;
using Approvals.Core.Tests.Compensation;
using Approvals.Core.Tests.Insurance;
using Approvals.Core.Tests.Missions;
using Approvals.Core.Tests.Payouts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Integrity;

/// <summary>The checker sees it when money, cover or their numbers no longer agree with what was signed.</summary>
public sealed class MoneyIntegrityTests
{
    private static readonly string[] Rules = ["grant", "cover", "claim", "number", "money", "person-day"];

    /// <summary>A rule, what breaks it and what mends it again.</summary>
    private static readonly (string Rule, string Break, string Mend)[] Wounds =
    [
        ("grant", Sum("+ 0.01", "compensation"), Sum("- 0.01", "compensation")),
        ("grant", Sum("- 1", SubmitAllowance.Programme), Sum("+ 1", SubmitAllowance.Programme)),
        ("grant", Sum("+ 318.5", GrantPremium.Programme), Sum("- 318.5", GrantPremium.Programme)),
        ("grant", """UPDATE "InsuranceMembers" SET "LeftOutReason" = '辞职'""", """UPDATE "InsuranceMembers" SET "LeftOutReason" = NULL"""),
        ("cover", """UPDATE "InsurancePolicies" SET "CommanderId" = unhex('FF' || substr(hex("CommanderId"), 3)) WHERE "PolicyNumber" = 'PJZ-1'""",
            """UPDATE "InsurancePolicies" SET "CommanderId" = unhex('01' || substr(hex("CommanderId"), 3)) WHERE "PolicyNumber" = 'PJZ-1'"""),
        ("claim", """UPDATE "InsuranceClaims" SET "ClaimedSum" = '1000000.01'""", """UPDATE "InsuranceClaims" SET "ClaimedSum" = '8000.0'"""),
        ("claim", """UPDATE "InsuranceClaims" SET "State" = 'Paid'""", """UPDATE "InsuranceClaims" SET "State" = 'Open'"""),
        ("number", Number("InsuranceClaims", "0001", "0003"), Number("InsuranceClaims", "0003", "0001")),
        ("number", Number("Cases", "BC-2026-0001", "BC-2026-0002"), Number("Cases", "BC-2026-0002", "BC-2026-0001")),
        ("number", Number("Entitlements", "000002", "000009"), Number("Entitlements", "000009", "000002")),
    ];

    [Fact]
    public async Task Sums_covers_and_numbers_that_no_longer_agree_are_named()
    {
        var desk = await ClaimDesk.StartAsync("Sqlite");
        await using var world = desk.World;
        await CompensationAsync(desk);
        await AllowanceAsync(world);
        await InsuranceAsync(world);
        Assert.Empty(await FoundAsync(world));

        var prefix = (await world.Kernel.ReadAsync(db => db.Cases.Where(row => row.ProcessKey == "compensation").Select(row => row.Number!).SingleAsync()))[..^10];
        foreach (var (rule, wound, mend) in Wounds)
        {
            await world.Kernel.ReadAsync(db => Breaking.RunAsync(db, wound.Replace("BC-", $"{prefix}-", StringComparison.Ordinal)));
            Assert.True((await FoundAsync(world)).Contains(rule), wound);
            await world.Kernel.ReadAsync(db => Breaking.RunAsync(db, mend.Replace("BC-", $"{prefix}-", StringComparison.Ordinal)));
            Assert.True((await FoundAsync(world)).Count == 0, mend);
        }
    }

    [Fact]
    public async Task A_line_paid_again_by_the_correction_of_its_correction_is_named()
    {
        await using var world = await PayoutWorld.StartAsync("Sqlite", services => services.AddIntegrity());
        var payee = Identities.Person(1);
        await world.GrantedAsync(PayoutWorld.Grant("one", payee, 600m));
        await world.AccountAsync(payee, Identities.Card(1));
        var packet = await world.PacketAsync();
        for (var again = 0; again < 2; again++)
        {
            var lines = await world.LinesAsync(packet.Id);
            Assert.IsType<MarkOutcome.Marked>(await world.MarkAsync(packet.Id, lines, LineState.Failed, "账户已销户"));
            packet = Assert.IsType<BuildOutcome.Built>(await world.CorrectAsync(await world.LinesAsync(packet.Id))).Packet;
            await world.AcknowledgedAsync(packet);
        }

        await world.Kernel.ReadAsync(db => Breaking.RunAsync(
            db, """UPDATE "PacketLines" SET "State" = 'Paid' WHERE "CorrectsLineId" IS NULL OR "ReplacedByLineId" IS NULL"""));
        var report = await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<IntegrityCheck>().RunAsync(default));
        Assert.Contains(report.Violations, one => one.Rule == "money" && one.Text.Contains("付款多次", StringComparison.Ordinal));
    }

    private static string Sum(string change, string programme) =>
        $"""UPDATE "Entitlements" SET "Amount" = CAST(round("Amount" {change}, 2) AS TEXT) WHERE "Programme" = '{programme}'""";

    private static string Number(string table, string old, string changed) =>
        $"""UPDATE "{table}" SET "Number" = replace("Number", '{old}', '{changed}')""";

    private static async Task CompensationAsync(ClaimDesk desk)
    {
        var caseId = await desk.SubmittedAsync(ClaimDesk.Invoice(1, 3000m), ClaimDesk.Invoice(2, 450.5m));
        Assert.IsType<DecideOutcome.Decided>(await desk.AuditAsync(caseId, (1, 500m, "超出标准")));
        Assert.IsType<DecideOutcome.Decided>(await desk.World.DecideAsync(caseId, desk.World.Leader, DecisionKind.Approve));
    }

    private static async Task AllowanceAsync(MissionWorld world)
    {
        await world.Kernel.CommitAsync((_, db) =>
        {
            var table = new AllowanceRateTable { Version = 1, Reason = "测试", SetByName = "测试" };
            db.AllowanceRateTables.Add(table);
            db.AllowanceRates.Add(new AllowanceRate { TableId = table.Id, Level = EventLevel.Larger, Region = "urban", From = new DateOnly(2026, 1, 1), Daily = 200 });
        });
        var eventId = await world.OpenEventAsync();
        var mission = await world.ActiveAsync(eventId, 0);
        await world.EndAsync(mission);
        mission = await world.MissionAsync(mission.Id);
        var sheet = new SheetInput(mission.Id, new Dictionary<DateOnly, DayMark> { [mission.FirstDay!.Value] = DayMark.Full }, "情况属实");
        var claimed = Assert.IsType<SubmitAllowanceOutcome.Submitted>(await world.AsAsync(
            world.Handler, scope => scope.GetRequiredService<SubmitAllowance>().SubmitAsync(eventId, [sheet], default)));
        foreach (var signer in new[] { world.Head, world.Finance, world.Leader })
            Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(claimed.CaseId, signer, DecisionKind.Approve));
    }

    private static async Task InsuranceAsync(MissionWorld world)
    {
        var today = DateOnly.FromDateTime(world.Kernel.Time.GetUtcNow().AddHours(8).Date);
        var opened = await world.OpenedAsync(today, [world.CommanderIds[2]]);
        await world.PaidForAsync(opened.CaseId, Purchases.Quotation(318.5m, today.AddDays(1), today.AddYears(1)));
        Assert.IsType<DecideOutcome.Decided>(await world.SubmitAsync(
            opened.CaseId, "policyFiles", new JsonObject { ["policies"] = await world.NumberedAsync(opened.CaseId), ["unissued"] = new JsonArray() }));
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(opened.CaseId, world.Head, DecisionKind.Approve));
        world.Kernel.Time.Advance(TimeSpan.FromDays(2));
        var policy = await world.Kernel.ReadAsync(db => db.InsurancePolicies.Where(row => row.CaseId == opened.CaseId).Select(row => row.Id).SingleAsync());
        var input = new ClaimInput(today.AddDays(2).ToString("yyyy-MM-dd"), null, "左臂骨折", "8000");
        Assert.IsType<ClaimOutcome.Done>(await world.AsAsync(
            world.Officer, scope => scope.GetRequiredService<RecordClaim>().RecordAsync(policy, input, [], default)));
    }

    private static async Task<IReadOnlyList<string>> FoundAsync(MissionWorld world)
    {
        var report = await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<IntegrityCheck>().RunAsync(default));
        return [.. report.Violations.Select(one => one.Rule).Where(Rules.Contains)];
    }
}
