using System.Text.Json.Nodes;
using Approvals.Core.Commanders;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Insurance;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Tests.Missions;
using Approvals.Testing;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Tests.Insurance;

/// <summary>Random purchases against the sentences of the issue: money by the person, everyone without cover listed, nobody insured twice.</summary>
public sealed class PurchaseWalkTests
{
    private const decimal Least = 1_000_000;

    private static readonly DateOnly Day = new(2026, 3, 2);

    [Theory]
    [OnEachDatabase]
    public async Task Any_sequence_of_purchases_pays_by_the_person_and_covers_nobody_twice(string provider)
    {
        var seed = Seeds.For(20261126);
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var world = await MissionWorld.StartAsync(provider);
        await world.AddCommandersAsync(6);

        // Some have cover that begins later: what is bought for them ends the day before.
        var laterFrom = Day.AddDays(random.Next(1, 45));
        var covered = world.CommanderIds.Skip(5).Where(_ => random.Next(2) == 0).ToHashSet();
        await world.Kernel.CommitAsync((_, db) => db.InsurancePolicies.AddRange(covered.Select((id, at) => new InsurancePolicy
        {
            CaseId = db.Commanders.Single(row => row.Id == id).CaseId, CommanderId = id, Insurer = "平安", PolicyNumber = $"L{at}",
            SumInsured = Least, ValidFrom = laterFrom, ValidUntil = laterFrom.AddYears(1),
        })));
        for (var round = 0; round < 5; round++)
        {
            var roster = await world.RosterAsync(Day);
            var free = roster.Where(one => one.Purchase is null).ToList();
            if (free.Count == 0)
            {
                break;
            }

            var insured = free.Where(_ => random.Next(2) == 0).DefaultIfEmpty(free[0]).Distinct().ToList();
            var isGap = insured.Exists(one => covered.Contains(one.Commander.Id));
            insured = insured.FindAll(one => covered.Contains(one.Commander.Id) == isGap);
            var left = free.Except(insured).ToDictionary(one => one.Commander.Id, _ => (string?)"下批投保");
            var opened = await world.OpenedAsync(Day, insured.Select(one => one.Commander.Id), left);
            Assert.IsType<PurchaseOutcome.Invalid>(await world.OpenAsync(Day, [insured[0].Commander.Id], left));
            var premium = random.Next(1, 200_000) / 100m;
            var until = isGap ? laterFrom.AddDays(-1) : Day.AddYears(1).AddDays(-1);
            await world.PaidForAsync(opened.CaseId, Purchases.Quotation(premium, Day, until));
            var granted = await world.Kernel.ReadAsync(db => db.Entitlements.AsNoTracking().SingleAsync(row => row.CaseId == opened.CaseId));
            Assert.True(granted.Amount == premium * insured.Count, $"seed {seed}: {granted.Amount} for {insured.Count} × {premium}");
            if (random.Next(3) == 0)
            {
                continue;
            }

            var rows = await world.NumberedAsync(opened.CaseId, $"R{round}");
            var unissued = new JsonArray();
            if (rows.Count > 1 && random.Next(2) == 0)
            {
                unissued.Add(new JsonObject { ["name"] = rows[0]!["name"]!.DeepClone(), ["reason"] = "体检未通过" });
                rows.RemoveAt(0);
            }

            Assert.IsType<DecideOutcome.Decided>(await world.SubmitAsync(
                opened.CaseId, "policyFiles", new JsonObject { ["policies"] = rows, ["unissued"] = unissued }));
            Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(opened.CaseId, world.Head, DecisionKind.Approve));
        }

        var policies = await world.Kernel.ReadAsync(db => db.InsurancePolicies.AsNoTracking().ToListAsync());
        var overlaps = policies.GroupBy(row => row.CommanderId).Where(group => group.OrderBy(row => row.ValidFrom)
            .Zip(group.OrderBy(row => row.ValidFrom).Skip(1)).Any(pair => pair.Second.ValidFrom <= pair.First.ValidUntil));
        Assert.True(!overlaps.Any(), $"seed {seed}: covered twice");
        var lasting = policies.ToLookup(row => row.CommanderId)
            .Where(own => Enumerable.Range(0, 62).All(days => own.Any(row => row.ValidFrom <= Day.AddDays(days) && row.ValidUntil >= Day.AddDays(days))))
            .Select(own => own.Key).ToHashSet();
        var listed = (await world.RosterAsync(Day)).Select(one => one.Commander.Id).ToHashSet();
        Assert.True(
            world.CommanderIds.All(id => lasting.Contains(id) != listed.Contains(id)), $"seed {seed}: the roster is not who lacks cover");
    }

    [Fact]
    public void The_roster_holds_exactly_whoever_is_not_covered_on_every_day_until_the_reminder()
    {
        var seed = Seeds.For(20261126);
        var random = new Random(seed);
        for (var run = 0; run < 20_000; run++)
        {
            var policies = Enumerable.Range(0, random.Next(5)).Select(_ =>
            {
                var from = Day.AddDays(random.Next(-80, 80));
                return new InsurancePolicy
                {
                    Insurer = "某", PolicyNumber = "1", SumInsured = random.Next(3) == 0 ? Least - 0.01m : Least, ValidFrom = from,
                    ValidUntil = from.AddDays(random.Next(0, 90)),
                };
            }).ToList();
            var ahead = random.Next(0, 61);
            bool On(DateOnly day) => policies.Exists(row => row.SumInsured >= Least && row.ValidFrom <= day && row.ValidUntil >= day);
            var isCovered = Enumerable.Range(0, ahead + 2).All(days => On(Day.AddDays(days)));
            var lack = InsuranceRoster.Judge(policies, Day, Least, ahead);
            Assert.True(isCovered == lack is null, $"seed {seed}, run {run}");
            Assert.True(lack is null || (lack.Gap == CoverGap.Ending) == On(Day), $"seed {seed}, run {run}");
        }
    }

    [Fact]
    public void Whatever_is_typed_either_everyone_is_accounted_for_once_or_an_error_says_where()
    {
        var seed = Seeds.For(20261126);
        var random = new Random(seed);
        for (var run = 0; run < 20_000; run++)
        {
            var members = Enumerable.Range(0, random.Next(1, 5)).ToDictionary(i => $"人{i}", i => Covers(random, i == 3 ? 2 : i == 2 ? 1 : 0));
            var rows = Enumerable.Range(0, random.Next(6)).Select(_ => new PolicyRow(
                $"人{random.Next(5)}", $"P{random.Next(8)}", random.Next(6) == 0 ? Least - 1 : Least, Day.AddDays(random.Next(-1, 3)),
                Day.AddDays(random.Next(-1, 9)), random.Next(1, 3))).ToList();
            var unissued = Enumerable.Range(0, random.Next(3)).Select(_ => $"人{random.Next(5)}").ToList();
            var errors = PolicyRules.ErrorsOf(
                rows, unissued, new PolicyBasis(members, new Dictionary<string, string> { ["P7"] = "某人" }, Least, Least, 1, Day));
            var isRight = rows.Select(row => row.Name).Concat(unissued).Order(StringComparer.Ordinal).SequenceEqual(members.Keys.Order(StringComparer.Ordinal))
                && rows.Select(row => row.Number).Distinct().Count() == rows.Count
                && rows.TrueForAll(row => row.Number != "P7" && row.Sum >= Least && row.Until >= row.From && row.Until >= Day && row.Scan == 1
                    && members[row.Name].All(days => row.From > days.Until || row.Until < days.From));
            Assert.True(isRight == (errors.Count == 0), $"seed {seed}, run {run}: {string.Join('；', errors.Select(error => error.Message))}");
            Assert.All(errors, error => Assert.False(string.IsNullOrEmpty(error.Path)));
        }
    }

    /// <summary>Cover before, around and after the days of the rows.</summary>
    private static IReadOnlyList<CoveredDays> Covers(Random random, int most) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ =>
    {
        var from = Day.AddDays(random.Next(-4, 8));
        return new CoveredDays(from, from.AddDays(random.Next(4)));
    })];
}
