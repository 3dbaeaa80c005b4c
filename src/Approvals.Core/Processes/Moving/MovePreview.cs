using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes.Moving;

/// <summary>What would become of an instance in another version.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="CaseNumber">Number of its case; null when it works on none.</param>
/// <param name="Verdict">The runtime's verdict.</param>
/// <param name="Problems">Everything that keeps it from being moved, in Chinese.</param>
public sealed record MoveLine(WorkflowInstanceRow Instance, string? CaseNumber, MoveVerdict Verdict, IReadOnlyList<string> Problems)
{
    /// <summary>Whether it can be moved.</summary>
    public bool CanMove => Problems.Count == 0;
}

/// <summary>Judges which running instances could go on in another version, and where each would stand. Changes nothing.</summary>
public sealed class MovePreview(ApprovalsDbContext db, DefinitionCatalogue catalogue, FormCatalogue forms, TimeProvider clock)
{
    /// <summary>Lines of a page.</summary>
    public const int PageSize = 100;

    /// <summary>A page of the running instances of a process that are not on the version, the oldest first, and how many there are in all.</summary>
    public async Task<(IReadOnlyList<MoveLine> Lines, int Total)> ListAsync(
        LoadedDefinition target, int page, CancellationToken cancellationToken)
    {
        var running = db.Instances.AsNoTracking().Where(row => row.DefinitionId == target.Row.DefinitionId
            && row.DefinitionVersionId != target.Row.Id && row.Status == nameof(WorkflowStatus.Running));
        var total = await running.CountAsync(cancellationToken);
        var rows = await (
                from row in running
                join one in db.Cases on row.CaseId equals (Guid?)one.Id into cases
                from one in cases.DefaultIfEmpty()
                orderby row.CreatedAt, row.Id
                select new { Row = row, Number = one == null ? null : one.Number })
            .Skip(Math.Max(0, page) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        var lines = new List<MoveLine>();
        foreach (var one in rows)
            lines.Add(await JudgeAsync(one.Row, one.Number, target, cancellationToken));
        return (lines, total);
    }

    /// <summary>Judges one instance.</summary>
    public async Task<MoveLine> JudgeAsync(
        WorkflowInstanceRow row, string? caseNumber, LoadedDefinition target, CancellationToken cancellationToken)
    {
        var from = await catalogue.GetAsync(row.DefinitionVersionId, cancellationToken);
        var verdict = StateMover.Move(from.Workflow, target.Workflow, WorkflowState.Deserialize(row.State), clock.GetUtcNow());
        var problems = verdict.Problems.Select(problem => problem.Message).ToList();
        if (row.DefinitionId != target.Row.DefinitionId)
            problems.Add("不是同一个流程。");
        if (!target.Row.IsFixed)
            problems.Add("只能移到发布过的版本。");
        problems.AddRange(await FormProblemsAsync(row.Id, from.Row.Id, target.Row.Id, cancellationToken));
        return new MoveLine(row, caseNumber, verdict, [.. problems.Distinct()]);
    }

    /// <summary>An open step shows its form in the new version: the form must be there, and say what the step may do.</summary>
    private async Task<List<string>> FormProblemsAsync(
        Guid instanceId, string fromVersion, string toVersion, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var open = await db.StepRuns.AsNoTracking()
            .Where(step => step.InstanceId == instanceId && (step.Status == StepStatus.Open || step.Status == StepStatus.Unassigned))
            .Select(step => new { step.StepName, step.FormKey, step.RightsKey }).ToListAsync(cancellationToken);
        foreach (var step in open)
        {
            try
            {
                var before = await forms.GetAsync(fromVersion, step.FormKey, cancellationToken);
                var after = await forms.GetAsync(toVersion, step.FormKey, cancellationToken);
                if (before.Rights.ContainsKey(step.RightsKey) && !after.Rights.ContainsKey(step.RightsKey))
                    problems.Add($"表单“{after.Title}”在新版本中没有“{step.StepName}”的字段权限。");
            }
            catch (KeyNotFoundException)
            {
                problems.Add($"“{step.StepName}”使用的表单 {step.FormKey} 在新版本中不存在。");
            }
        }

        return problems;
    }

    /// <summary>What a moved step still offers: of the earlier steps it may be returned to, those that lie before it in the new version.</summary>
    internal static string Kept(string options, IReadOnlyList<string> earlier)
    {
        var offered = StepOptions.Read(options);
        return (offered with { ReturnTargets = [.. offered.ReturnTargets.Where(target => earlier.Contains(target.ActivityId))] }).ToJson();
    }
}
