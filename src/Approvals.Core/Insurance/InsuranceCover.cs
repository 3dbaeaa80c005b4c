using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Approvals.Core.Missions;
using Approvals.Core.Regulations;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Insurance;

/// <summary>Whether people are covered, T§20: "人身意外伤害保险额度应不低于100万/人".</summary>
public sealed class InsuranceCover(ApprovalsDbContext db, InsuredPeople insured, RegulationParameters parameters)
{
    /// <summary>The cover that counts on a day: of at least the sum, and of several the one that lasts longest. Pure.</summary>
    public static Cover? On(IEnumerable<InsurancePolicy> policies, DateOnly day, decimal least) => policies
        .Where(policy => policy.ValidFrom <= day && policy.ValidUntil >= day && policy.SumInsured >= least)
        .OrderByDescending(policy => policy.ValidUntil).ThenByDescending(policy => policy.SumInsured).ThenBy(policy => policy.Id)
        .Select(policy => new Cover(policy.Id, policy.Insurer, policy.PolicyNumber, policy.SumInsured, policy.ValidUntil))
        .FirstOrDefault();

    /// <summary>
    /// Cover of each of the commanders on a day by the sum in force then, whichever entry of the person it was bought for; whoever is
    /// missing has none.
    /// </summary>
    public async Task<IReadOnlyDictionary<Guid, Cover>> OnAsync(
        IReadOnlyCollection<Guid> commanders, DateOnly day, CancellationToken cancellationToken)
    {
        var least = (await parameters.ValueAsync(ParameterKeys.InsuranceSumMin, day, cancellationToken)).Decimal;
        var people = await insured.OfAsync(commanders, cancellationToken);
        var entries = people.Keys.ToList();
        var policies = await InsuredPeople.PoliciesAsync(
            people,
            db.InsurancePolicies.AsNoTracking()
                .Where(policy => entries.Contains(policy.CommanderId) && policy.ValidFrom <= day && policy.ValidUntil >= day),
            cancellationToken);
        return commanders.Distinct()
            .Select(one => (Commander: one, Cover: On(policies[one], day, least)))
            .Where(one => one.Cover is not null)
            .ToDictionary(one => one.Commander, one => one.Cover!);
    }
}
