using System.Text.Json;
using Approvals.Core.Data;
using Approvals.Core.Processes;
using Approvals.Core.Processes.Moving;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Processes;

/// <summary>移动在办业务件 — shows which cases can go on in the published version and where each would stand, and moves those chosen.</summary>
[Authorize(Policy = Policies.ProcessOwnership)]
public sealed class MoveModel(
    ApprovalsDbContext db, DefinitionCatalogue catalogue, MovePreview preview, MoveInstance move, IStringLocalizer<MoveTexts> texts) : PageModel
{
    private const int LongestReason = 200;

    /// <summary>Process.</summary>
    [BindProperty(SupportsGet = true)]
    public string DefinitionId { get; set; } = "";

    /// <summary>Page of the list, from 0.</summary>
    [BindProperty(SupportsGet = true, Name = "page")]
    public int List { get; set; }

    /// <summary>Moves that were asked for together and whose report is shown.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Batch { get; set; }

    /// <summary>Chosen instances.</summary>
    [BindProperty]
    public List<Guid> Chosen { get; set; } = [];

    /// <summary>Version the page was drawn for.</summary>
    [BindProperty]
    public string? Target { get; set; }

    /// <summary>Why.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>The version they would move to.</summary>
    public LoadedDefinition Version { get; private set; } = null!;

    /// <summary>Cases on other versions.</summary>
    public IReadOnlyList<MoveLine> Lines { get; private set; } = [];

    /// <summary>How many there are in all.</summary>
    public int Total { get; private set; }

    /// <summary>What the shown batch moved.</summary>
    public IReadOnlyList<MovedLine> Moved { get; private set; } = [];

    /// <summary>Problem of a field.</summary>
    public Dictionary<string, string> Problems { get; } = new(StringComparer.Ordinal);

    /// <summary>A move as the audit chain has it.</summary>
    public sealed record MovedLine(DateTimeOffset At, string? Number, string InstanceId, int From, int To, string FromHash, string ToHash);

    /// <summary>Shows the list, and the report of a batch.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) ? Page() : NotFound();

    /// <summary>Moves the chosen ones, each for itself.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        if (Chosen.Count == 0)
            Problems["Chosen"] = texts["请勾选要移动的业务件。"];
        if (string.IsNullOrWhiteSpace(Reason) || Reason.Trim().Length > LongestReason)
            Problems["Reason"] = texts["请写明调整原因（不超过 200 个字），会记入每件业务件的办理记录。"];
        if (Target != Version.Row.Id)
            Problems["Chosen"] = texts["已发布的版本变了，请重新核对后再移动。"];
        if (Problems.Count > 0)
        {
            var page = Page();
            page.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return page;
        }

        var batch = Guid.CreateVersion7();
        var (moved, left) = (0, 0);
        foreach (var id in Chosen.Distinct().Take(MovePreview.PageSize))
        {
            if (await move.MoveAsync(id, Version.Row.Id, Reason!.Trim(), batch, cancellationToken) is MoveOutcome.Moved)
                moved++;
            else
                left++;
        }

        TempData["Notice"] = left == 0
            ? texts["已移动 {0} 件。", moved].Value
            : texts["已移动 {0} 件；{1} 件在此期间有了变化，没有移动。", moved, left].Value;
        return Redirect($"/processes/{Uri.EscapeDataString(DefinitionId)}/move?batch={batch}");
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await catalogue.FindPublishedAsync(DefinitionId, cancellationToken) is not { } version)
            return false;
        Version = version;
        (Lines, Total) = await preview.ListAsync(version, List, cancellationToken);
        if (Batch is { } batch)
            Moved = await ReportAsync(batch, cancellationToken);
        return true;
    }

    /// <summary>From the audit chain: the report says what was recorded, not what was hoped for.</summary>
    private async Task<List<MovedLine>> ReportAsync(Guid batch, CancellationToken cancellationToken)
    {
        var mark = batch.ToString();
        var entries = await db.AuditEntries.AsNoTracking()
            .Where(one => one.Action == "instance.moved" && one.Details.Contains(mark)).OrderBy(one => one.Sequence)
            .Select(one => new { one.At, one.SubjectId, one.Details }).Take(MovePreview.PageSize).ToListAsync(cancellationToken);
        return entries.ConvertAll(one =>
        {
            var details = JsonDocument.Parse(one.Details).RootElement;
            return new MovedLine(
                one.At, details.TryGetProperty("number", out var number) ? number.GetString() : null, one.SubjectId,
                details.GetProperty("fromVersion").GetInt32(), details.GetProperty("toVersion").GetInt32(),
                details.GetProperty("from").GetString()!, details.GetProperty("to").GetString()!);
        });
    }
}
