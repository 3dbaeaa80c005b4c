using Approvals.Core.Regulations;
using Approvals.Workflows;

namespace Approvals.Core.Designer.Sources;

/// <summary>规则集 — the rule sets there are, each with what its rules are about.</summary>
public sealed class RuleSetOptions(IEnumerable<IRule> rules) : IOptionSource
{
    private const int Named = 3;

    /// <inheritdoc />
    public string Name => OptionSources.RuleSets;

    /// <inheritdoc />
    public Task<IReadOnlyList<InputOption>> ListAsync(OptionRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<InputOption>>(
        [
            .. rules.GroupBy(rule => rule.RuleSet).OrderBy(set => set.Key, StringComparer.Ordinal).Select(set =>
                new InputOption(set.Key, $"{Words(set)}（{set.Key}，共 {set.Count()} 条）")),
        ]);

    private static string Words(IEnumerable<IRule> set)
    {
        var titles = set.OrderBy(rule => rule.Order).Select(rule => rule.Title).ToList();
        return string.Join("、", titles.Take(Named)) + (titles.Count > Named ? "等" : "");
    }
}
