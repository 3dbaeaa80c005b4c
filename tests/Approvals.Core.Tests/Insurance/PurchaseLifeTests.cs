using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Commanders;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Insurance;
using Approvals.Core.Payouts;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Tests.Missions;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Insurance;

/// <summary>意外伤害保险 (F1, T§20): from the roster to the recorded policies, on each database.</summary>
public sealed class PurchaseLifeTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);
    private static readonly DateOnly From = new(2026, 3, 10);
    private static readonly DateOnly Until = new(2027, 3, 9);

    [Theory]
    [OnEachDatabase]
    public async Task A_purchase_pays_the_insurer_by_the_person_and_covers_everyone_of_its_roster(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        await world.AddCommandersAsync(2);
        Assert.Equal(3, (await world.RosterAsync(Today)).Count);
        var opened = await world.OpenedAsync(
            Today, [world.CommanderIds[2], world.CommanderIds[3]], new() { [world.CommanderIds[4]] = "已递交辞呈，月底解聘" });
        await world.PaidForAsync(opened.CaseId, Purchases.Quotation(318.55m, From, Until));

        var entitlement = await world.Kernel.ReadAsync(db => db.Entitlements.AsNoTracking().SingleAsync());
        Assert.Equal((637.10m, EntitlementKind.InsurancePremium), (entitlement.Amount, entitlement.Kind));
        Assert.Equal((world.Officer.Id, world.Leader.Id), (entitlement.ClaimedById, entitlement.ApprovedById));
        Assert.Contains("指挥官三", entitlement.Working);
        Assert.Contains("人员0", entitlement.Working);
        Assert.Contains("扫描件.pdf", entitlement.Basis);

        var rows = await world.NumberedAsync(opened.CaseId);
        Assert.IsType<DecideOutcome.Decided>(await world.SubmitAsync(
            opened.CaseId, "policyFiles", new JsonObject { ["policies"] = rows, ["unissued"] = new JsonArray() }));
        Assert.Equal(2, await world.Kernel.ReadAsync(db => db.InsurancePolicies.CountAsync()));
        await world.DecideAsync(opened.CaseId, world.Head, DecisionKind.Approve);
        var policies = await world.Kernel.ReadAsync(db => db.InsurancePolicies.AsNoTracking().Where(row => row.CaseId == opened.CaseId).ToListAsync());
        Assert.Equal(2, policies.Count);
        Assert.All(policies, policy => Assert.Equal((1_000_000m, From, Until), (policy.SumInsured, policy.ValidFrom, policy.ValidUntil)));
        Assert.All(policies, policy => Assert.NotNull(policy.ScanId));
        Assert.Equal(CaseStatus.Completed, (await CaseAsync(world, opened.CaseId)).Status);
        Assert.Equal([world.CommanderIds[4]], (await world.RosterAsync(From)).Select(one => one.Commander.Id));

        // Before the first day of the new cover they lack cover still, but what was bought is not bought again.
        var again = await world.OpenedAsync(Today, [world.CommanderIds[2]], new() { [world.CommanderIds[3]] = "自 10 日起有保险", [world.CommanderIds[4]] = "解聘" });
        var twice = Assert.IsType<DecideOutcome.Invalid>(
            await world.SubmitAsync(again.CaseId, "quotation", Purchases.Quotation(300m, Today, Until)));
        Assert.Contains("期间重叠", Assert.Single(twice.Errors).Message, StringComparison.Ordinal);
        Assert.Contains(await world.ToldAsync(world.Commanders[2]), text => text.Contains("已为您购买意外伤害保险", StringComparison.Ordinal));
    }

    [Theory]
    [OnEachDatabase]
    public async Task A_list_for_a_day_to_come_insures_who_lacks_cover_on_that_day(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var ends = new DateOnly(2026, 12, 31);
        var opened = await world.OpenedAsync(ends.AddDays(1), [world.CommanderIds[0]], new()
        {
            [world.CommanderIds[1]] = "另行投保", [world.CommanderIds[2]] = "另行投保",
        });

        await world.PaidForAsync(opened.CaseId, Purchases.Quotation(300m, ends.AddDays(1), ends.AddYears(1)));

        Assert.Equal(300m, await world.Kernel.ReadAsync(db => db.Entitlements.Select(row => row.Amount).SingleAsync()));
    }

    [Theory]
    [OnEachDatabase]
    public async Task The_end_of_cover_is_told_unless_the_next_policy_begins_the_day_after(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var old = await world.Kernel.ReadAsync(db => db.InsurancePolicies.AsNoTracking().SingleAsync(row => row.CommanderId == world.CommanderIds[0]));
        await NextAsync(world.CommanderIds[1], old.ValidUntil.AddDays(10));
        await RemindAsync();
        Assert.Single(await world.ToldAsync(world.Commanders[0]), text => text.Contains("到期", StringComparison.Ordinal));

        await NextAsync(world.CommanderIds[2], old.ValidUntil.AddDays(1));
        await RemindAsync();
        Assert.Single(await world.ToldAsync(world.Commanders[0]), text => text.Contains("到期", StringComparison.Ordinal));

        Task NextAsync(Guid byCaseOf, DateOnly from) => world.Kernel.CommitAsync((_, db) => db.InsurancePolicies.Add(new InsurancePolicy
        {
            CaseId = db.Commanders.Where(row => row.Id == byCaseOf).Select(row => row.CaseId).Single(), CommanderId = old.CommanderId,
            Insurer = "平安", PolicyNumber = $"N{from:MMdd}", SumInsured = 1_000_000m, ValidFrom = from, ValidUntil = from.AddYears(1),
        }));
        Task RemindAsync() => world.Kernel.CommitAsync(async (scope, _) =>
        {
            await scope.GetServices<ITimerHandler>().Single(one => one.Kind == RemindOfExpiry.TimerKind).FireAsync(
                new TimerRow
                {
                    Key = "expiry", Kind = RemindOfExpiry.TimerKind,
                    Payload = JsonSerializer.Serialize(new RemindOfExpiry.Payload(old.Id, 30), JsonSerializerOptions.Web),
                },
                default);
            return true;
        });
    }

    [Theory]
    [OnEachDatabase]
    public async Task Nobody_is_insured_by_two_purchases_and_everybody_on_the_roster_is_accounted_for(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        await world.AddCommandersAsync(1);
        var silent = Assert.IsType<PurchaseOutcome.Invalid>(await world.OpenAsync(Today, [world.CommanderIds[2]]));
        Assert.Equal("请勾选投保，或者写明本次不投保的原因", silent.Problems[world.CommanderIds[3]]);
        var first = await world.OpenedAsync(Today, [world.CommanderIds[2]], new() { [world.CommanderIds[3]] = "下月投保" });
        var second = Assert.IsType<PurchaseOutcome.Invalid>(await world.OpenAsync(Today, [world.CommanderIds[2], world.CommanderIds[3]]));
        Assert.Contains(first.Number, second.Problems[world.CommanderIds[2]], StringComparison.Ordinal);
        var covered = Assert.IsType<PurchaseOutcome.Invalid>(await world.OpenAsync(Today, [world.CommanderIds[0], world.CommanderIds[3]]));
        Assert.Contains("名单已有变化", covered.Problems[Guid.Empty], StringComparison.Ordinal);
        Assert.IsType<PurchaseOutcome.NotAllowed>(await world.OpenAsync(Today, [world.CommanderIds[3]], by: world.Finance));

        // The reminders' 60 days: both whose cover ends on 2026-12-31 are on the roster of 2026-11-01 and not on that of the day before.
        Assert.Equal(2, (await world.RosterAsync(new DateOnly(2026, 10, 31))).Count);
        Assert.Equal(4, (await world.RosterAsync(new DateOnly(2026, 11, 1))).Count);
    }

    [Theory]
    [OnEachDatabase]
    public async Task A_wrong_quotation_or_policy_is_refused_beside_its_field_and_nothing_is_kept(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var opened = await world.OpenedAsync(Today, [world.CommanderIds[2]]);
        async Task<string> RefusedAsync(string field, string value, string path)
        {
            var quotation = Purchases.Quotation(300m, From, Until);
            quotation[field] = value;
            var invalid = Assert.IsType<DecideOutcome.Invalid>(await world.SubmitAsync(opened.CaseId, "quotation", quotation));
            return Assert.Single(invalid.Errors, error => error.Path == path).Message;
        }

        Assert.Contains("最多两位小数", await RefusedAsync("premium", "300.005", "premium"), StringComparison.Ordinal);
        Assert.Contains("不是有效金额", await RefusedAsync("premium", "USD 300", "premium"), StringComparison.Ordinal);
        Assert.Contains("1,000,000.00", await RefusedAsync("sumInsured", "999999.99", "sumInsured"), StringComparison.Ordinal);
        Assert.Contains("不能早于", await RefusedAsync("validUntil", "2026-03-09", "validUntil"), StringComparison.Ordinal);
        Assert.Contains("校验位", await RefusedAsync("insurerCode", "91500000MA5U000008", "insurerCode"), StringComparison.Ordinal);
        Assert.Null((await world.DataAsync(opened.CaseId))["premium"]);

        await world.PaidForAsync(opened.CaseId, Purchases.Quotation(300m, From, Until));
        async Task<FieldError> WrongAsync(Action<JsonArray> change, string path)
        {
            var rows = await world.NumberedAsync(opened.CaseId);
            change(rows);
            var invalid = Assert.IsType<DecideOutcome.Invalid>(await world.SubmitAsync(
                opened.CaseId, "policyFiles", new JsonObject { ["policies"] = rows, ["unissued"] = new JsonArray() }));
            return Assert.Single(invalid.Errors, error => error.Path == path);
        }

        await WrongAsync(rows => rows[0]!["name"] = "路人甲", "policies[0].name");
        await WrongAsync(rows => rows[0]!["name"] = "路人甲", "policies");
        await WrongAsync(rows => rows[0]!["sumInsured"] = "999999.00", "policies[0].sumInsured");
        await WrongAsync(rows => rows[0]!["validUntil"] = "2026-03-01", "policies[0].validUntil");
        await WrongAsync(rows => rows[0]!["scan"] = 2, "policies[0].scan");
        await WrongAsync(rows => rows.Add(rows[0]!.DeepClone()), "policies[1].policyNumber");
        await WrongAsync(rows => rows.Clear(), "policies");
        Assert.Equal(2, await world.Kernel.ReadAsync(db => db.InsurancePolicies.CountAsync()));
    }

    [Theory]
    [OnEachDatabase]
    public async Task A_refused_purchase_pays_nothing_and_frees_its_people(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var opened = await world.OpenedAsync(Today, [world.CommanderIds[2]]);
        await world.SubmitAsync(opened.CaseId, "quotation", Purchases.Quotation(300m, From, Until));
        await world.DecideAsync(opened.CaseId, world.Head, DecisionKind.Reject, "报价过高。");
        Assert.Equal(CaseStatus.Rejected, (await CaseAsync(world, opened.CaseId)).Status);
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Entitlements.CountAsync()));
        Assert.Null((await world.RosterAsync(Today)).Single().Purchase);
        await world.OpenedAsync(Today, [world.CommanderIds[2]]);
    }

    /// <summary>Behind the entitlement lies nothing that a return could change: the premium stays what is paid.</summary>
    [Theory]
    [OnEachDatabase]
    public async Task After_the_premium_is_granted_the_case_goes_back_no_further_than_the_policies(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var main = await world.OpenedAsync(Today, [world.CommanderIds[2]]);
        await world.PaidForAsync(main.CaseId, Purchases.Quotation(300m, From, Until));
        await RecordedAsync(world, main.CaseId, "A");
        var open = Assert.Single(await world.OpenTasksAsync(main.CaseId));
        var offered = await world.AsAsync(world.Head, async scope => (await scope.GetRequiredService<TaskViews>().LoadAsync(open.Id, default))!.Options);
        Assert.Equal(["policies"], offered.ReturnTargets.Select(target => target.ActivityId));

        var refused = Assert.IsType<DecideOutcome.Invalid>(
            await world.DecideAsync(main.CaseId, world.Head, DecisionKind.Return, "报价有误。", returnTo: "quote"));
        Assert.Equal("returnTo", Assert.Single(refused.Errors).Path);
        Assert.IsType<DecideOutcome.Decided>(
            await world.DecideAsync(main.CaseId, world.Head, DecisionKind.Return, "保险单号有误。", returnTo: "policies"));
        await RecordedAsync(world, main.CaseId, "B");
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(main.CaseId, world.Head, DecisionKind.Approve));
        Assert.Equal(CaseStatus.Completed, (await CaseAsync(world, main.CaseId)).Status);
        Assert.Equal(300m, await world.Kernel.ReadAsync(db => db.Entitlements.Select(row => row.Amount).SingleAsync()));
        Assert.Equal("B-1", await world.Kernel.ReadAsync(db => db.InsurancePolicies.Where(row => row.CaseId == main.CaseId).Select(row => row.PolicyNumber).SingleAsync()));
    }

    /// <summary>A step that an earlier release opened offers targets behind the grant; they are asked for anew when somebody chooses one.</summary>
    [Theory]
    [OnEachDatabase]
    public async Task A_target_that_was_offered_before_the_rule_is_refused_beside_its_field(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var main = await world.OpenedAsync(Today, [world.CommanderIds[2]]);
        await world.PaidForAsync(main.CaseId, Purchases.Quotation(300m, From, Until));
        await RecordedAsync(world, main.CaseId, "A");
        var step = await world.Kernel.ReadAsync(db => db.StepRuns.AsNoTracking().SingleAsync(row => row.CaseId == main.CaseId && row.Status == StepStatus.Open));
        var options = StepOptions.Read(step);
        var former = (options with { ReturnTargets = [new ReturnTarget("quote", "报价"), .. options.ReturnTargets] }).ToJson();
        await world.Kernel.ReadAsync(db => db.StepRuns.Where(row => row.Id == step.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Options, former)));
        var refused = Assert.IsType<DecideOutcome.Invalid>(
            await world.DecideAsync(main.CaseId, world.Head, DecisionKind.Return, "报价有误。", returnTo: "quote"));
        Assert.Contains("该环节之后已登记应付", Assert.Single(refused.Errors).Message, StringComparison.Ordinal);
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Incidents.CountAsync()));
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(main.CaseId, world.Head, DecisionKind.Approve));
    }

    /// <summary>The days before a policy that begins later are bought and recorded like any other.</summary>
    [Theory]
    [OnEachDatabase]
    public async Task A_gap_before_later_cover_is_bought_and_recorded(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var later = await world.OpenedAsync(Today, [world.CommanderIds[2]]);
        await world.PaidForAsync(later.CaseId, Purchases.Quotation(300m, From, Until));
        await RecordedAsync(world, later.CaseId, "A");
        await world.DecideAsync(later.CaseId, world.Head, DecisionKind.Approve);

        var gap = await world.OpenedAsync(Today, [world.CommanderIds[2]]);
        await world.PaidForAsync(gap.CaseId, Purchases.Quotation(20m, Today, From.AddDays(-1)));
        var rows = await world.NumberedAsync(gap.CaseId, "B");
        rows[0]!["validUntil"] = From.ToString("yyyy-MM-dd");
        var twice = Assert.IsType<DecideOutcome.Invalid>(await world.SubmitAsync(
            gap.CaseId, "policyFiles", new JsonObject { ["policies"] = rows, ["unissued"] = new JsonArray() }));
        Assert.Contains("不得重复投保", Assert.Single(twice.Errors).Message, StringComparison.Ordinal);
        await RecordedAsync(world, gap.CaseId, "B");
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(gap.CaseId, world.Head, DecisionKind.Approve));
        Assert.Equal(CaseStatus.Completed, (await CaseAsync(world, gap.CaseId)).Status);
        Assert.Empty(await world.RosterAsync(Today));
    }

    /// <summary>A policy insures a person, not an entry of the register: whoever is appointed again, or for another specialty, stays insured.</summary>
    [Theory]
    [OnEachDatabase]
    public async Task Whoever_has_several_entries_in_the_register_is_listed_once_and_insured_once(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var again = await AgainAsync(world, 0, "江应急聘〔2026〕第0900号");
        Assert.Equal([world.CommanderIds[2]], (await world.RosterAsync(Today)).Select(one => one.Commander.Id));
        var candidates = await world.AsAsync(world.Duty, scope =>
            scope.GetRequiredService<Core.Missions.RosterQuery>().CandidatesAsync([again], default));
        Assert.Equal("P-0", Assert.Single(candidates).Cover?.PolicyNumber);

        // Nobody of the two entries has cover: one line, by the newest entry, and its purchase runs for both.
        var third = await AgainAsync(world, 2, "江应急聘〔2026〕第0902号");
        Assert.Equal([third], (await world.RosterAsync(Today)).Select(one => one.Commander.Id));
        var opened = await world.OpenedAsync(Today, [third]);
        await AgainAsync(world, 2, "江应急聘〔2026〕第0903号");
        Assert.Equal(opened.Number, Assert.Single(await world.RosterAsync(Today)).Purchase?.Number);
        await world.PaidForAsync(opened.CaseId, Purchases.Quotation(300m, Today, Until));
        await RecordedAsync(world, opened.CaseId, "A");
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(opened.CaseId, world.Head, DecisionKind.Approve));
        Assert.Empty(await world.RosterAsync(Today));
    }

    /// <summary>The entry gets another newer one while its purchase runs; what the new one was insured by meanwhile counts for both.</summary>
    [Theory]
    [OnEachDatabase]
    public async Task Cover_by_another_entry_keeps_a_quotation_and_a_policy_from_being_entered_twice(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var opened = await world.OpenedAsync(Today, [world.CommanderIds[2]]);
        var again = await AgainAsync(world, 2, "江应急聘〔2026〕第0902号");
        await world.PaidForAsync(opened.CaseId, Purchases.Quotation(300m, Today, Until));
        await world.Kernel.CommitAsync((_, db) => db.InsurancePolicies.Add(new InsurancePolicy
        {
            CaseId = db.Commanders.Single(row => row.Id == again).CaseId, CommanderId = again, Insurer = "平安", PolicyNumber = "N1",
            SumInsured = 1_000_000m, ValidFrom = Today, ValidUntil = Until,
        }));
        var twice = Assert.IsType<DecideOutcome.Invalid>(await world.SubmitAsync(
            opened.CaseId, "policyFiles", new JsonObject { ["policies"] = await world.NumberedAsync(opened.CaseId), ["unissued"] = new JsonArray() }));
        Assert.Contains("不得重复投保", Assert.Single(twice.Errors).Message, StringComparison.Ordinal);
    }

    /// <summary>A further entry in the register of one of the people of the world.</summary>
    private static async Task<Guid> AgainAsync(MissionWorld world, int person, string certificate)
    {
        var id = Guid.Empty;
        await world.Kernel.CommitAsync((_, db) =>
        {
            var old = db.Commanders.Single(row => row.Id == world.CommanderIds[person]);
            var origin = new Case
            {
                Number = $"JZPR-2026-{certificate[^5..^1]}", ProcessKey = "commander-appointment", ProcessName = "技术指挥官聘任",
                DefinitionVersionId = db.Cases.Single(row => row.Id == old.CaseId).DefinitionVersionId, SubjectName = old.Name,
                StarterId = old.PersonId!.Value, ApplicantId = old.PersonId.Value, Status = CaseStatus.Completed, Data = "{}",
            };
            var entry = new Commander
            {
                CaseId = origin.Id, PersonId = old.PersonId, Name = old.Name, IdentityNumber = old.IdentityNumber, Gender = "男", UnitName = old.UnitName,
                Specialty = "mine", SpecialtyName = "矿山", CertificateNumber = certificate,
                TermStart = new DateOnly(2026, 1, 1).AddDays(int.Parse(certificate[^3..^1], System.Globalization.CultureInfo.InvariantCulture)),
                TermEnd = new DateOnly(2031, 2, 28),
            };
            db.Cases.Add(origin);
            db.Commanders.Add(entry);
            id = entry.Id;
        });
        return id;
    }

    /// <summary>Hands in a policy for everyone.</summary>
    private static async Task RecordedAsync(MissionWorld world, Guid caseId, string prefix) => Assert.IsType<DecideOutcome.Decided>(await world.SubmitAsync(
        caseId, "policyFiles", new JsonObject { ["policies"] = await world.NumberedAsync(caseId, prefix), ["unissued"] = new JsonArray() }));

    private static Task<Case> CaseAsync(MissionWorld world, Guid id) =>
        world.Kernel.ReadAsync(db => db.Cases.AsNoTracking().SingleAsync(row => row.Id == id));
}
