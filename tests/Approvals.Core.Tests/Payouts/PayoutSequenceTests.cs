using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Accounts;
using Approvals.Core.Payouts.Packets;
using Approvals.Core.Tests.Databases;
using Approvals.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Payouts;

/// <summary>Random sequences of claims, overlaps, corrections, rejections, account changes and failed transfers; money never goes astray.</summary>
public sealed class PayoutSequenceTests
{
    private const int Steps = 120;
    private static readonly DateOnly First = new(2026, 1, 1);

    [Theory]
    [InlineData("Sqlite", 1)]
    [InlineData("Sqlite", 2)]
    [InlineData("Sqlite", 3)]
    [InlineData("Sqlite", 4)]
    [InlineData("PostgreSql", 5)]
    [InlineData("PostgreSql", 6)]
    public async Task WhateverHappensTheSumsAgreeAndNoDayIsPaidTwice(string provider, int usual)
    {
        var seed = Seeds.For(usual);
        await using var world = await PayoutWorld.StartAsync(provider);
        var run = new Run(world, new Random(seed));
        for (var step = 0; step < Steps; step++)
        {
            await run.StepAsync();
            world.Kernel.Time.Advance(TimeSpan.FromMinutes(7));
            await MoneyInvariants.CheckAsync(world.Kernel, $"seed {seed}, step {step}: {run.Last}");
        }

        Assert.True(run.Done.Count >= 9, $"seed {seed}: only {string.Join(", ", run.Done)} happened");
    }

    /// <summary>One random walk.</summary>
    private sealed class Run(PayoutWorld world, Random random)
    {
        private readonly HashSet<Guid> withBank = [];

        private int keys;

        public string Last { get; private set; } = "";

        public HashSet<string> Done { get; } = [];

        public async Task StepAsync()
        {
            var (name, act) = random.Next(18) switch
            {
                0 or 1 or 2 => ("claim", ClaimAsync()),
                14 or 15 => ("compensate", CompensateAsync()),
                16 or 17 => ("export", ExportAsync()),
                3 => ("correct", ReverseAsync(again: true)),
                4 => ("reverse", ReverseAsync(again: false)),
                5 => ("reject", RejectAsync()),
                6 => ("account", AccountAsync()),
                7 or 12 => ("build", BuildAsync()),
                8 => ("pay", MarkAsync(LineState.Paid)),
                9 => ("fail", MarkAsync(LineState.Failed)),
                10 or 13 => ("corrective", CorrectiveAsync()),
                _ => ("offset", OffsetAsync()),
            };
            Last = name;
            if (await act)
                Done.Add(name);

            // What the bank was handed is neither paid again nor settled before its result is entered.
            var lines = await world.Kernel.ReadAsync(db => db.PacketLines.AsNoTracking().Where(row => withBank.Contains(row.Id)).ToListAsync());
            Assert.All(lines, line => Assert.True(
                line.ReplacedByLineId is null && line.State != LineState.Offset, $"{name}: a line the bank has was replaced or settled"));
            withBank.ExceptWith(lines.Where(line => line.State is LineState.Paid or LineState.Failed).Select(line => line.Id));
        }

        private EntitlementGrant RandomGrant()
        {
            var days = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(14)).Distinct()
                .Select(day => new ClaimedDay(First.AddDays(day), random.Next(3) == 0 ? 0.5m : 1m)).ToList();
            return PayoutWorld.Grant($"k{++keys}", Identities.Person(random.Next(6)), days: days, period: $"2026-0{random.Next(1, 4)}");
        }

        private async Task<bool> ClaimAsync() => await world.GrantAsync(
            await world.CaseAsync(), [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => RandomGrant())]) is GrantOutcome.Granted;

        /// <summary>A unit's claim for compensation, of which some was cut.</summary>
        private async Task<bool> CompensateAsync()
        {
            var (claimed, cut) = (random.Next(100, 900_000) / 100m, random.Next(0, 100) / 100m);
            var grant = PayoutWorld.Grant($"k{++keys}", Identities.Unit(random.Next(3)), claimed - cut, period: $"2026-0{random.Next(1, 4)}") with
            {
                Kind = EntitlementKind.Compensation,
                Programme = "compensation",
                ProgrammeName = "应急救援补偿",
                Working = [new WorkingLine("第 1 行", null, null, null, claimed), new WorkingLine("第 1 行核减", null, null, null, -cut)],
            };
            return await world.GrantAsync(await world.CaseAsync(), grant) is GrantOutcome.Granted;
        }

        private async Task<bool> ReverseAsync(bool again)
        {
            var all = await world.EntitlementsAsync();
            if (all.Count == 0)
                return false;
            var one = all[random.Next(all.Count)];
            var request = new GrantRequest(
                await world.CaseAsync(), world.Approval, again ? [RandomGrant()] : [], [new EntitlementReversal($"k{++keys}", one.Id, "更正")]);
            return await world.GrantAsync(request) is GrantOutcome.Granted;
        }

        /// <summary>The case is given up after the grant, as when a later activity of the burst fails.</summary>
        private async Task<bool> RejectAsync()
        {
            var caseId = await world.CaseAsync();
            await world.Kernel.CommitAsync(async (scope, unit) =>
            {
                await scope.GetRequiredService<GrantEntitlements>().GrantAsync(new GrantRequest(caseId, world.Approval, [RandomGrant()]), default);
                unit.Abort();
                return true;
            });
            return true;
        }

        private async Task<bool> AccountAsync()
        {
            var payees = await world.Kernel.ReadAsync(db => db.Payees.AsNoTracking().OrderBy(row => row.IdentityNumber).ToListAsync());
            if (payees.Count == 0)
                return false;
            var payee = payees[random.Next(payees.Count)];
            var entered = await world.EnterAccountAsync(new(payee.Kind, payee.Name, payee.IdentityNumber), Identities.Card(random.Next(1000)));
            if (entered is AccountOutcome.Saved saved && random.Next(4) > 0)
                await world.VerifyAsync(saved.Account.Id, world.Accountant);
            return entered is AccountOutcome.Saved;
        }

        private async Task<bool> BuildAsync()
        {
            var programme = random.Next(3) == 0 ? "compensation" : PayoutWorld.Programme;
            if (await world.BuildAsync("2026-01", random.Next(2) == 0 ? "2026-02" : "2026-12", programme) is not BuildOutcome.Built built)
                return false;
            await AcknowledgeAsync(built.Packet.Id);
            return true;
        }

        /// <summary>The files are another test's subject: the packet counts as ready.</summary>
        private Task AcknowledgeAsync(Guid packetId) => world.Kernel.InScopeAsync(async scope =>
        {
            await scope.GetRequiredService<Core.Data.ApprovalsDbContext>().Packets.Where(row => row.Id == packetId)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Stage, PacketStage.Ready), TestContext.Current.CancellationToken);
            return await scope.GetRequiredService<AcknowledgePacket>().AcknowledgeAsync(packetId, world.Cashier.Id, default);
        });

        private async Task<bool> ExportAsync()
        {
            var waiting = await world.Kernel.ReadAsync(db => db.Packets.AsNoTracking()
                .Where(row => db.PacketLines.Any(line => line.PacketId == row.Id && line.State == LineState.Pending))
                .OrderBy(row => row.Number).Select(row => row.Id).ToListAsync());
            if (waiting.Count == 0)
                return false;
            var packet = waiting[random.Next(waiting.Count)];
            if (await world.ExportAsync(packet) is null)
                return false;
            withBank.UnionWith((await world.LinesAsync(packet)).Where(line => line.State == LineState.Pending).Select(line => line.Id));
            return true;
        }

        private async Task<bool> MarkAsync(LineState to)
        {
            if (await AnyAsync() is not { } packet)
                return false;
            var all = await world.LinesAsync(packet);
            var lines = all.Skip(random.Next(all.Count)).Take(random.Next(1, 3)).ToList();
            return await world.MarkAsync(packet, lines, to, "凭证", byBank: random.Next(2) == 0) is MarkOutcome.Marked;
        }

        private async Task<bool> CorrectiveAsync()
        {
            var lines = await world.Kernel.ReadAsync(db => db.PacketLines.AsNoTracking()
                .Where(row => row.State == LineState.Failed || row.State == LineState.Stopped)
                .OrderBy(row => row.PayeeName).ThenBy(row => row.Amount).ToListAsync());
            var chosen = lines.Where(_ => random.Next(2) == 0).Take(1).ToList();
            var programme = chosen.Count == 0 ? PayoutWorld.Programme : await world.ProgrammeAsync(chosen[0].PacketId);
            if (await world.CorrectAsync(chosen, programme) is not BuildOutcome.Built built)
                return false;
            await AcknowledgeAsync(built.Packet.Id);
            return true;
        }

        private async Task<bool> OffsetAsync()
        {
            var lines = await world.Kernel.ReadAsync(db => db.PacketLines.AsNoTracking().Where(row => row.StopReason == StopReason.Recovery).ToListAsync());
            var done = false;
            foreach (var line in lines)
            {
                done |= await world.Kernel.InScopeAsync(scope =>
                    scope.GetRequiredService<OffsetLines>().OffsetAsync(line.Id, world.Cashier.Id, default)) is MarkOutcome.Marked;
            }

            return done;
        }

        private async Task<Guid?> AnyAsync()
        {
            var packets = await world.Kernel.ReadAsync(db => db.Packets.AsNoTracking().OrderBy(row => row.Number).Select(row => row.Id).ToListAsync());
            return packets.Count == 0 ? null : packets[random.Next(packets.Count)];
        }
    }
}
