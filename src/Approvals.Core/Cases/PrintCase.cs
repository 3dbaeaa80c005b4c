using System.Text.Json.Nodes;
using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Forms;
using Approvals.Documents;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Cases;

/// <summary>The form of a case as the official paper table in PDF: the preview of a draft, the print of a case.</summary>
public sealed class PrintCase(
    ApprovalsDbContext db, CaseSheets sheets, FileStore files, DocumentRenderer renderer, TimeProvider clock)
{
    /// <summary>Renders the form as it stands; null when there is no such case or its form has no paper table.</summary>
    /// <param name="caseId">The case; the caller has asked whether it may be read.</param>
    /// <param name="masked">Whether the reader takes no part in the case, so that sensitive values are masked.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<byte[]?> RenderAsync(Guid caseId, bool masked, CancellationToken cancellationToken)
    {
        if (await sheets.FindAsync(caseId, CaseSheets.ReaderRights, cancellationToken) is not { Form.Form.Grid: not null } found)
        {
            return null;
        }

        var sheet = masked ? found.Masked() : found;

        var authority = await db.OrgUnits.Where(unit => unit.ParentId == null && unit.Kind == Organisation.OrgUnitKind.Bureau)
            .Select(unit => unit.Name).FirstOrDefaultAsync(cancellationToken);
        var printed = new PrintedForm(
            sheet.Data,
            sheet.Files.GroupBy(file => file.FieldKey).ToDictionary(
                group => group.Key, group => (IReadOnlyList<string>)[.. group.Select(file => file.FileName)]),
            await PhotosAsync(sheet, cancellationToken),
            await OpinionsAsync(sheet, cancellationToken),
            authority ?? "",
            sheet.Row.Number,
            clock.GetUtcNow());
        return renderer.Render(FormToTable.Build(sheet.Form.Form, CaseSheets.ReaderRights, printed)).Pdf;
    }

    private async Task<Dictionary<string, byte[]>> PhotosAsync(CaseSheet sheet, CancellationToken cancellationToken)
    {
        var photos = new Dictionary<string, byte[]>();
        foreach (var file in sheet.Files.Where(file => sheet.Form.Form.Find(file.FieldKey)?.Type == FieldType.Photo))
        {
            photos[file.FieldKey] = await BytesAsync(file.FileId, cancellationToken);
        }

        return photos;
    }

    private async Task<Dictionary<string, IReadOnlyList<PrintedOpinion>>> OpinionsAsync(CaseSheet sheet, CancellationToken cancellationToken)
    {
        var pictures = await db.Decisions.AsNoTracking()
            .Where(one => one.CaseId == sheet.Row.Id && one.SignatureFileId != null)
            .ToDictionaryAsync(one => one.Id, one => one.SignatureFileId!.Value, cancellationToken);
        var opinions = new Dictionary<string, IReadOnlyList<PrintedOpinion>>();
        foreach (var step in sheet.Opinions.GroupBy(one => one.RightsKey))
        {
            var printed = new List<PrintedOpinion>();
            foreach (var one in step)
            {
                var picture = pictures.TryGetValue(one.DecisionId, out var file) ? await BytesAsync(file, cancellationToken) : null;
                printed.Add(new PrintedOpinion(one.Line, one.As, one.Opinion, one.At, picture));
            }

            opinions[step.Key] = printed;
        }

        return opinions;
    }

    private async Task<byte[]> BytesAsync(Guid fileId, CancellationToken cancellationToken)
    {
        var file = await db.Files.AsNoTracking().SingleAsync(one => one.Id == fileId, cancellationToken);
        await using var stream = await files.OpenAsync(file, cancellationToken);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, cancellationToken);
        return copy.ToArray();
    }
}
