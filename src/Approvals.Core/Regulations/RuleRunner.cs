using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Regulations;

/// <summary>Judges a case by a set of rules and keeps the findings.</summary>
public sealed class RuleRunner(ApprovalsDbContext db, RegulationParameters parameters, IEnumerable<IRule> rules, TimeProvider clock)
{
    /// <summary>
    /// Adds a finding per rule and makes it the current one. Runs inside the caller's unit of work; the caller holds the case's
    /// workflow instance, so that two judgements of one case never interleave and exactly one finding per rule stays current.
    /// </summary>
    /// <param name="subject">The case.</param>
    /// <param name="ruleSet">Name of the set.</param>
    /// <param name="today">The day of the check, in China.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The findings in the order of the rules.</returns>
    /// <exception cref="KeyNotFoundException">There is no such set.</exception>
    public async Task<IReadOnlyList<Finding>> JudgeAsync(
        Case subject, string ruleSet, DateOnly today, CancellationToken cancellationToken = default)
    {
        var set = rules.Where(rule => rule.RuleSet == ruleSet).OrderBy(rule => rule.Order).ToList();
        if (set.Count == 0)
        {
            throw new KeyNotFoundException($"There is no rule set {ruleSet}.");
        }

        var counts = await db.Attachments
            .Where(file => file.CaseId == subject.Id && file.RemovedAt == null)
            .GroupBy(file => file.FieldKey)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var input = new RuleInput(
            JsonNode.Parse(subject.Data)!.AsObject(), counts, await parameters.TableAsync(cancellationToken), today);

        var names = set.Select(rule => rule.Name).ToList();
        var former = await db.Findings
            .Where(finding => finding.CaseId == subject.Id && finding.IsCurrent && names.Contains(finding.Rule))
            .ToListAsync(cancellationToken);
        former.ForEach(finding => finding.IsCurrent = false);

        var findings = set.Select(rule => FindingOf(rule, rule.Judge(input), subject)).ToList();
        db.Findings.AddRange(findings);
        return findings;
    }

    private Finding FindingOf(IRule rule, RuleResult result, Case subject) => new()
    {
        CaseId = subject.Id,
        Rule = rule.Name,
        Article = rule.Article,
        Title = rule.Title,
        Verdict = result.Verdict,
        Value = result.Value,
        Expected = result.Expected,
        Message = result.Message,
        ParameterIds = result.Parameters.Count == 0 ? null : string.Join(",", result.Parameters.Select(row => row.Id)),
        DataVersion = subject.DataVersion,
        At = clock.GetUtcNow(),
    };
}
