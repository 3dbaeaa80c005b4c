using System.Collections.Concurrent;
using Approvals.Core.Data;
using Approvals.Core.Processes.Designing;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Processes;

/// <summary>Published workflows that other workflows use as an activity (<c>options.usableAsActivity</c>).</summary>
public sealed class PublishedWorkflows(IServiceScopeFactory scopes) : IWorkflowCatalogue
{
    private readonly ConcurrentDictionary<(string Id, string Hash), WorkflowDefinition> _parsed = new();

    /// <inheritdoc />
    public WorkflowDefinition? Find(string activityType, string? versionId)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<ApprovalsDbContext>();
        return db.Definitions.AsNoTracking()
            .Where(row => versionId == null ? row.IsPublished : row.Id == versionId)
            .AsEnumerable()
            .Select(row => _parsed.GetOrAdd((row.Id, row.Hash), _ => WorkflowDefinition.FromJson(DefinitionDocument.Model(row))))
            .FirstOrDefault(definition => definition.Options.UsableAsActivity
                && ActivityRegistry.Describe(definition).TypeName == activityType);
    }
}
