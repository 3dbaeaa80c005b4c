using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Processes;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Api;

/// <summary>
/// Refuses fields by name that would otherwise be left out of account in silence: a page sends only its own inputs, another system
/// may have mistyped one.
/// </summary>
internal sealed class SubmittedFields(ApprovalsDbContext db, DefinitionCatalogue catalogue, FormCatalogue forms)
{
    /// <summary>Keys that the start form of a published process does not take; none when the process is unknown.</summary>
    public async Task<IReadOnlyList<string>> NotTakenByProcessAsync(string process, JsonObject? fields, CancellationToken stop) =>
        fields is not null && await catalogue.FindPublishedAsync(process, stop) is { } definition
            ? await NotTakenAsync(definition, fields, stop)
            : [];

    /// <summary>Keys that the form of a draft does not take; none when there is no such case.</summary>
    public async Task<IReadOnlyList<string>> NotTakenByDraftAsync(Guid caseId, JsonObject? fields, CancellationToken stop)
    {
        var version = await db.Cases.Where(one => one.Id == caseId).Select(one => one.DefinitionVersionId).FirstOrDefaultAsync(stop);
        return fields is null || version is null ? [] : await NotTakenAsync(await catalogue.GetAsync(version, stop), fields, stop);
    }

    private async Task<IReadOnlyList<string>> NotTakenAsync(LoadedDefinition definition, JsonObject fields, CancellationToken stop) =>
        definition.Settings.StartForm is not { } key
            ? []
            : FormMerge.NotEditable(await forms.GetAsync(definition.Row.Id, key, stop), fields, StepRights.OfStart(definition));
}
