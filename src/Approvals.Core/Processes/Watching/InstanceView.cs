using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes.Watching;

/// <summary>An instance as far as the reader may see it.</summary>
/// <param name="Row">The instance.</param>
/// <param name="CaseNumber">Number of its case; null when it works on none.</param>
/// <param name="Workflow">The version it runs on.</param>
/// <param name="State">Its state; of an instance that has ended little is left.</param>
/// <param name="MayReadValues">Whether the reader may read the case, and so the values in it.</param>
public sealed partial record InstanceView(
    WorkflowInstanceRow Row, string? CaseNumber, CompiledWorkflow Workflow, WorkflowState State, bool MayReadValues)
{
    /// <summary>Stands for what the reader may not see.</summary>
    public const string Hidden = "●●●";

    /// <summary>A value as JSON, or the sign that there is one.</summary>
    public JsonNode? Show(object? value) =>
        MayReadValues || value is null or bool ? Values.ToJson(value) : JsonValue.Create(Hidden);

    /// <summary>
    /// A text the runtime or a script wrote. Who looks after the process needs it to mend a fault, but not the identity or phone number
    /// that an expression may have put into it.
    /// </summary>
    public string? Show(string? text) => MayReadValues || text is null ? text : LongNumber().Replace(text, Hidden);

    /// <summary>The name shown for it: the case's number, else the name it gave itself.</summary>
    public string? Name => CaseNumber ?? (MayReadValues ? Row.Name : Show(Row.Name));

    [GeneratedRegex(@"\d{7,}[Xx]?")]
    private static partial Regex LongNumber();
}

/// <summary>Loads instances for reading.</summary>
public sealed class InstanceViews(ApprovalsDbContext db, DefinitionCatalogue catalogue, CaseAccess access)
{
    /// <summary>The instance; null when there is none.</summary>
    public async Task<InstanceView?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var found = await (
                from row in db.Instances.AsNoTracking()
                join one in db.Cases on row.CaseId equals (Guid?)one.Id into cases
                from one in cases.DefaultIfEmpty()
                where row.Id == id
                select new { Row = row, Number = one == null ? null : one.Number })
            .FirstOrDefaultAsync(cancellationToken);
        if (found is null)
            return null;
        var definition = await catalogue.GetAsync(found.Row.DefinitionVersionId, cancellationToken);
        var mayRead = found.Row.CaseId is not { } caseId || await access.CanReadAsync(caseId, cancellationToken);
        return new InstanceView(found.Row, found.Number, definition.Workflow, WorkflowState.Deserialize(found.Row.State), mayRead);
    }
}
