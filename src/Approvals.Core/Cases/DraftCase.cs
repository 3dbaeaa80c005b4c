using System.Text.Json.Nodes;
using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Cases;

/// <summary>What became of a change to a draft.</summary>
public abstract record DraftOutcome
{
    /// <summary>Saved; the row version to send with the next save.</summary>
    public sealed record Saved(int RowVersion) : DraftOutcome;

    /// <summary>Discarded.</summary>
    public sealed record Discarded : DraftOutcome;

    /// <summary>There is no such draft of this person.</summary>
    public sealed record NotFound : DraftOutcome;

    /// <summary>The draft was saved from another window meanwhile, with other content; nothing was overwritten.</summary>
    public sealed record ChangedElsewhere(int RowVersion) : DraftOutcome;
}

/// <summary>保存草稿 — keeps whatever was typed, valid or not; only submission asks for a complete form.</summary>
public sealed class DraftCase(
    ApprovalsDbContext db,
    UnitOfWork unitOfWork,
    DefinitionCatalogue catalogue,
    FormContextLoader forms,
    CurrentPerson person,
    AuditTrail audit,
    TimeProvider clock)
{
    /// <summary>Saves the editable fields of a draft.</summary>
    /// <param name="caseId">The draft.</param>
    /// <param name="submitted">Field key → value, as the page or the API sent them.</param>
    /// <param name="rowVersion">Row version the page was drawn with; null to save regardless.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public Task<DraftOutcome> SaveAsync(
        Guid caseId, JsonObject submitted, int? rowVersion, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync<DraftOutcome>(
            async _ =>
            {
                var draft = await HoldAsync(caseId, cancellationToken);
                if (draft is null)
                    return new DraftOutcome.NotFound();
                var definition = await catalogue.GetAsync(draft.DefinitionVersionId, cancellationToken);

                // Race closed: one draft open in two windows. The second save is told and overwrites nothing. A button pressed twice
                // is no second window: what is stored already is what was sent.
                if (rowVersion is { } seen && seen != draft.RowVersion)
                {
                    return await IsStoredAsync(draft, definition, submitted, cancellationToken)
                        ? new DraftOutcome.Saved(draft.RowVersion)
                        : new DraftOutcome.ChangedElsewhere(draft.RowVersion);
                }

                await StoreAsync(draft, definition, submitted, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                return new DraftOutcome.Saved(draft.RowVersion);
            },
            cancellationToken);

    /// <summary>Throws a draft away. The content of its files, which nothing names any more, is swept a day later.</summary>
    public Task<DraftOutcome> DiscardAsync(Guid caseId, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync<DraftOutcome>(
            async _ =>
            {
                var draft = await HoldAsync(caseId, cancellationToken);
                if (draft is null)
                    return new DraftOutcome.NotFound();
                var attachments = await db.Attachments.Where(file => file.CaseId == caseId).ToListAsync(cancellationToken);
                var files = attachments.ConvertAll(file => file.FileId);
                db.Attachments.RemoveRange(attachments);
                db.Files.RemoveRange(await db.Files
                    .Where(file => files.Contains(file.Id) && !db.Attachments.Any(one => one.FileId == file.Id && one.CaseId != caseId))
                    .ToListAsync(cancellationToken));
                db.Cases.Remove(draft);
                audit.Record("case.discarded", "case", caseId.ToString(), new { process = draft.ProcessKey });
                return new DraftOutcome.Discarded();
            },
            cancellationToken);

    internal async Task<Case?> MineAsync(Guid caseId, CancellationToken cancellationToken)
    {
        var me = person.RequiredId;
        return await db.Cases.FirstOrDefaultAsync(
            row => row.Id == caseId && row.StarterId == me && row.Status == CaseStatus.Draft, cancellationToken);
    }

    /// <summary>The draft with its row held, as it stands now.</summary>
    private async Task<Case?> HoldAsync(Guid caseId, CancellationToken cancellationToken)
    {
        // Race closed: two saves, a save and a submission, or two presses of discard at once. The update locks the row, as that of a
        // submission does, so the second reads what the first has made of it instead of failing over its row version.
        await db.Cases.Where(row => row.Id == caseId && row.Status == CaseStatus.Draft)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RowVersion, row => row.RowVersion), cancellationToken);
        var draft = await MineAsync(caseId, cancellationToken);
        if (draft is not null)
            await db.Entry(draft).ReloadAsync(cancellationToken);
        return draft;
    }

    private async Task<bool> IsStoredAsync(
        Case draft, LoadedDefinition definition, JsonObject submitted, CancellationToken cancellationToken)
    {
        var (_, data) = await MergedAsync(draft, definition, submitted, cancellationToken);
        return JsonNode.DeepEquals(JsonNode.Parse(data.ToJsonString()), JsonNode.Parse(draft.Data));
    }

    private async Task<(LoadedForm Form, JsonObject Data)> MergedAsync(
        Case draft, LoadedDefinition definition, JsonObject submitted, CancellationToken cancellationToken)
    {
        var loaded = await forms.LoadAsync(
            definition.Row.Id, definition.Settings.StartForm!, StepRights.OfStart(definition), draft.Id, cancellationToken);
        return (loaded, FormMerge.Apply(loaded.Form, JsonNode.Parse(draft.Data)!.AsObject(), submitted, loaded.Context));
    }

    internal async Task<LoadedForm> StoreAsync(
        Case draft, LoadedDefinition definition, JsonObject submitted, CancellationToken cancellationToken)
    {
        var (loaded, data) = await MergedAsync(draft, definition, submitted, cancellationToken);
        draft.Data = data.ToJsonString();
        draft.DataVersion++;
        draft.UpdatedAt = clock.GetUtcNow();
        CaseHeading.Take(draft, definition.Settings, data);
        return loaded;
    }
}
