using System.Text.Json;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes.Designing;

/// <summary>What is wrong with a version, in Chinese, each naming its activity.</summary>
/// <param name="Errors">What keeps it from being published.</param>
/// <param name="Warnings">What probably is not meant so.</param>
public sealed record DesignFindings(IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings);

/// <summary>Checks a version before it is published.</summary>
public sealed class DefinitionChecks(ApprovalsDbContext db, ActivityRegistry registry, WorkflowCompiler compiler)
{
    /// <summary>Everything wrong with a stored version as of now.</summary>
    public async Task<DesignFindings> CheckAsync(DefinitionVersion row, CancellationToken cancellationToken)
    {
        var definition = WorkflowDefinition.FromJson(DefinitionDocument.Model(row));
        var problems = compiler.Compile(definition, registry).Problems.ToLookup(one => one.Severity, one => one.Message);
        var files = FormFiles.ProblemsOf(await FilesAsync(row, cancellationToken));
        return new DesignFindings([.. problems[ProblemSeverity.Error], .. files], [.. problems[ProblemSeverity.Warning]]);
    }

    private async Task<Dictionary<string, string>> FilesAsync(DefinitionVersion row, CancellationToken cancellationToken)
    {
        var hashes = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Files)!;
        var wanted = hashes.Values.Distinct().ToList();
        var contents = await db.ProcessFiles.AsNoTracking().Where(file => wanted.Contains(file.Hash))
            .ToDictionaryAsync(file => file.Hash, file => file.Content, cancellationToken);
        return hashes.Where(file => contents.ContainsKey(file.Value))
            .ToDictionary(file => file.Key, file => contents[file.Value], StringComparer.Ordinal);
    }
}
