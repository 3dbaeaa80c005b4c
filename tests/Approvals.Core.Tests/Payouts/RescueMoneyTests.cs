using System.Text.Json.Nodes;
using Approvals.Core.Allowances;
using Approvals.Core.Cases;
using Approvals.Core.Compensation;
using Approvals.Core.Inbox;
using Approvals.Core.Missions;
using Approvals.Core.Organisation;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Accounts;
using Approvals.Core.Payouts.Packets;
using Approvals.Core.Tests.Compensation;
using Approvals.Core.Tests.Databases;
using Approvals.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Payouts;

/// <summary>
/// Random sequences of what people really do, through the shipped processes: missions that overlap, sheets with half and absent days,
/// corrections, compensation claims with cuts, refusals, changed accounts, packets, failed transfers and corrective packets.
/// </summary>
public sealed class RescueMoneyTests
{
    private const int Steps = 110;

    [Theory]
    [InlineData("Sqlite", 11)]
    [InlineData("Sqlite", 12)]
    [InlineData("PostgreSql", 13)]
    public async Task Whatever_people_do_packets_entitlements_and_lines_agree_and_no_day_or_invoice_is_paid_twice(string provider, int usual)
    {
        var seed = Seeds.For(usual);
        var desk = await ClaimDesk.StartAsync(provider);
        await using var world = desk.World;
        await world.Kernel.CommitAsync((_, db) =>
        {
            var table = new AllowanceRateTable { Version = 1, Reason = "测试", SetByName = "测试" };
            db.AllowanceRateTables.Add(table);
            db.AllowanceRates.Add(new AllowanceRate { TableId = table.Id, Level = EventLevel.Larger, Region = "urban", From = new DateOnly(2026, 1, 1), Daily = 200 });
        });
        var run = new Run(desk, new Random(seed));
        for (var step = 0; step < Steps; step++)
        {
            var where = $"seed {seed}, step {step}: {await run.StepAsync()}";
            await MoneyInvariants.CheckAsync(world.Kernel, where);
            var claims = await world.Kernel.ReadAsync(db => db.Cases.AsNoTracking()
                .Where(row => row.ProcessKey == CompensationClaim.Process && row.Status == CaseStatus.Completed).Select(row => row.Data).ToListAsync());
            var keys = claims.SelectMany(data => CompensationClaim.Read(JsonNode.Parse(data)!.AsObject()).Lines).Select(line => line.Key).ToList();
            Assert.True(keys.Count == keys.Distinct().Count(), where);
        }

        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Incidents.CountAsync()));
        Assert.True(run.Done.Count >= 8, $"seed {seed}: only {string.Join(", ", run.Done)} happened");
    }

    private sealed class Run(ClaimDesk desk, Random random)
    {
        private static readonly string[] Names =
            ["mission", "allowance", "correction", "compensation", "account", "packet", "paid", "failed", "corrective"];

        private readonly List<(Guid EventId, Guid MissionId)> missions = [];

        public HashSet<string> Done { get; } = [];

        public async Task<string> StepAsync()
        {
            // What has not come about yet is tried more often, so that a short walk sees everything.
            var open = Names.Where(one => !Done.Contains(one)).ToList();
            var name = missions.Count == 0 ? "mission" : open.Count > 0 && random.Next(2) == 0 ? open[random.Next(open.Count)] : Names[random.Next(Names.Length)];
            var act = name switch
            {
                "mission" => MissionAsync(),
                "allowance" => AllowanceAsync(),
                "correction" => CorrectionAsync(),
                "compensation" => CompensationAsync(),
                "account" => AccountAsync(),
                "packet" => PacketAsync(),
                "paid" => MarkAsync(LineState.Paid),
                "failed" => MarkAsync(LineState.Failed),
                _ => CorrectiveAsync(),
            };
            if (await act)
                Done.Add(name);
            return name;
        }

        private MoneyBook Book { get; } = new(desk);

        private async Task<bool> MissionAsync()
        {
            var world = desk.World;
            var eventId = await world.OpenEventAsync();
            var mission = await world.ActiveAsync(eventId, random.Next(2));
            world.Kernel.Time.Advance(TimeSpan.FromDays(random.Next(3)));
            await world.EndAsync(mission);
            missions.Add((eventId, mission.Id));
            return true;
        }

        private async Task<SheetInput> SheetAsync(Guid missionId)
        {
            var mission = await desk.World.MissionAsync(missionId);
            var days = MissionRules.DaysOf(mission, mission.LastDay!.Value).Where(_ => random.Next(4) > 0)
                .ToDictionary(day => day, _ => (DayMark)random.Next(3));
            return new SheetInput(missionId, days, "情况属实");
        }

        private async Task<bool> AllowanceAsync()
        {
            var (eventId, missionId) = missions[random.Next(missions.Count)];
            var sheet = await SheetAsync(missionId);
            var outcome = await desk.World.AsAsync(desk.World.Handler, scope =>
                scope.GetRequiredService<SubmitAllowance>().SubmitAsync(eventId, [sheet], default));
            return outcome is SubmitAllowanceOutcome.Submitted submitted && await SignAsync(submitted.CaseId, desk.World.Head, desk.World.Finance, desk.World.Leader);
        }

        private async Task<bool> CorrectionAsync()
        {
            var all = random.Next(4) == 0;
            var owed = await desk.World.Kernel.ReadAsync(db => db.Entitlements.AsNoTracking().OrderBy(row => row.Number)
                .Where(row => row.Programme == SubmitAllowance.Programme && row.ReversesId == null
                    && (all || !db.Entitlements.Any(other => other.ReversesId == row.Id))).Select(row => row.Id).ToListAsync());
            if (owed.Count == 0)
                return false;
            var id = owed[random.Next(owed.Count)];
            var found = await desk.World.AsAsync(desk.World.Handler, scope => scope.GetRequiredService<SubmitAllowance>().FindAsync(id, default));
            if (found is null)
                return false;
            var sheet = await SheetAsync(found.Value.Part.MissionId);
            var outcome = await desk.World.AsAsync(desk.World.Handler, scope =>
                scope.GetRequiredService<SubmitAllowance>().CorrectAsync(id, sheet, "出勤有误", default));
            return outcome is SubmitAllowanceOutcome.Submitted submitted && await SignAsync(submitted.CaseId, desk.World.Head, desk.World.Finance, desk.World.Leader);
        }

        private async Task<bool> CompensationAsync()
        {
            var lines = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(1, 25)).Distinct()
                .Select(number => (Number: number, Amount: random.Next(1, 500_000) / 100m)).ToList();
            var outcome = await desk.SubmitAsync(
                await desk.DraftAsync("invoiceFiles"), desk.Fields([.. lines.Select(line => ClaimDesk.Invoice(line.Number, line.Amount))]));
            if (outcome is not SubmitOutcome.Submitted submitted)
                return false;
            var cuts = lines.Select((line, index) => (Line: index + 1, line.Amount)).Where(_ => random.Next(2) == 0)
                .Select(line => (line.Line, Math.Min(line.Amount, random.Next(1, 500_000) / 100m), "超出标准")).ToArray();
            Assert.IsType<DecideOutcome.Decided>(await desk.AuditAsync(submitted.CaseId, cuts));
            return await SignAsync(submitted.CaseId, desk.World.Leader);
        }

        /// <summary>Signs to the end, or stops with a refusal on the way.</summary>
        private async Task<bool> SignAsync(Guid caseId, params Person[] signers)
        {
            foreach (var signer in signers)
            {
                var kind = random.Next(12) == 0 ? DecisionKind.Reject : DecisionKind.Approve;
                Assert.IsType<DecideOutcome.Decided>(await desk.World.DecideAsync(caseId, signer, kind, "意见"));
                if (kind == DecisionKind.Reject)
                    return false;
            }

            return true;
        }

        private async Task<bool> AccountAsync()
        {
            var payees = await desk.World.Kernel.ReadAsync(db => db.Payees.AsNoTracking().OrderBy(row => row.IdentityNumber).ToListAsync());
            if (payees.Count == 0)
                return false;
            var known = await desk.World.Kernel.ReadAsync(db => db.PayeeAccounts.AsNoTracking().Select(row => row.PayeeId).ToListAsync());
            var payee = payees.FirstOrDefault(one => !known.Contains(one.Id)) ?? payees[random.Next(payees.Count)];
            var entered = await desk.World.AsAsync(desk.World.Handler, scope => scope.GetRequiredService<ChangeAccount>().ByFinanceAsync(
                payee.Id, new AccountInput(payee.Name, Identities.Card(random.Next(1000)), "江州银行营业部", null), desk.World.Handler.Id, default));
            if (entered is not AccountOutcome.Saved saved)
                return false;
            if (random.Next(4) > 0)
            {
                await desk.World.AsAsync(desk.World.Finance, scope =>
                    scope.GetRequiredService<ConfirmAccount>().ConfirmAsync(saved.Account.Id, desk.World.Finance.Id, default));
            }

            return true;
        }

        private async Task<bool> PacketAsync()
        {
            var programme = random.Next(3) == 0 ? CompensationClaim.Process : SubmitAllowance.Programme;
            var outcome = await desk.World.AsAsync(desk.World.Finance, scope => scope.GetRequiredService<BuildPacket>()
                .BuildAsync(new PacketRange(programme, "2026-01", "2026-12"), desk.World.Finance.Id, default));
            return outcome is BuildOutcome.Built built && await Book.AcknowledgeAsync(built.Packet.Id);
        }

        private async Task<bool> MarkAsync(LineState to)
        {
            var lines = await Book.LinesAsync();
            var pending = lines.Where(one => one.State == LineState.Pending).ToList();
            var from = pending.Count > 0 && random.Next(4) > 0 ? pending : lines;
            if (from.Count == 0)
                return false;
            var line = from[random.Next(from.Count)];
            return await desk.World.AsAsync(desk.World.Finance, scope => scope.GetRequiredService<MarkLines>().MarkAsync(
                line.PacketId, [new LineMark(line.Id, to, "凭证")], desk.World.Finance.Id, random.Next(2) == 0, default)) is MarkOutcome.Marked;
        }

        private async Task<bool> CorrectiveAsync()
        {
            var open = (await Book.LinesAsync()).Where(line => line.State is LineState.Failed or LineState.Stopped).ToList();
            if (open.Count == 0)
                return false;
            var line = open[random.Next(open.Count)];
            var outcome = await desk.World.AsAsync(desk.World.Finance, async scope => await scope.GetRequiredService<CorrectPacket>()
                .BuildAsync(await Book.ProgrammeAsync(line.PacketId), [line.Id], desk.World.Finance.Id, default));
            return outcome is BuildOutcome.Built built && await Book.AcknowledgeAsync(built.Packet.Id);
        }
    }

    /// <summary>What the walk reads and takes for granted.</summary>
    private sealed class MoneyBook(ClaimDesk desk)
    {
        public Task<List<PacketLine>> LinesAsync() => desk.World.Kernel.ReadAsync(db =>
            db.PacketLines.AsNoTracking().OrderBy(line => line.RootLineId).ThenBy(line => line.Amount).ToListAsync());

        public Task<string> ProgrammeAsync(Guid packetId) => desk.World.Kernel.ReadAsync(db =>
            db.Packets.Where(row => row.Id == packetId).Select(row => row.Programme).SingleAsync());

        /// <summary>The files are another test's subject: the packet counts as ready.</summary>
        public Task<bool> AcknowledgeAsync(Guid packetId) => desk.World.AsAsync(desk.World.Finance, async scope =>
        {
            await scope.GetRequiredService<Core.Data.ApprovalsDbContext>().Packets.Where(row => row.Id == packetId)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Stage, PacketStage.Ready), TestContext.Current.CancellationToken);
            return await scope.GetRequiredService<AcknowledgePacket>().AcknowledgeAsync(packetId, desk.World.Finance.Id, default) is null;
        });
    }
}
