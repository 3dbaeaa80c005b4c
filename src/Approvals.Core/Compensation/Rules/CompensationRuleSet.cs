using Approvals.Core.Regulations;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Compensation.Rules;

/// <summary>Rules about claims for rescue compensation.</summary>
public static class CompensationRuleSet
{
    /// <summary>Rule set of a claim.</summary>
    public const string Name = CompensationClaim.Process;

    /// <summary>Article that money is paid under "经审核后".</summary>
    public const string Article = GrantCompensation.Article;

    /// <summary>Registers them.</summary>
    internal static IServiceCollection AddCompensationRules(this IServiceCollection services) => services
        .AddSingleton<IRule, CompensationParty>()
        .AddSingleton<IRule, CompensationDates>()
        .AddSingleton<IRule, CompensationDuplicates>()
        .AddSingleton<IRule, CompensationAmounts>()
        .AddSingleton<IRule, CompensationCurrency>();
}
