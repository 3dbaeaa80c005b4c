using System.Net.Mime;
using Approvals.Core.Payouts.Bank;
using Approvals.Core.Payouts.Packets;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Pages.Finance;

/// <content>What finance does with a packet.</content>
public sealed partial class PacketModel
{
    /// <summary>Acknowledges receipt.</summary>
    public async Task<IActionResult> OnPostAcknowledgeAsync(CancellationToken cancellationToken) =>
        await acknowledge.AcknowledgeAsync(Id, person.RequiredId, cancellationToken) is { } problem
            ? await AgainAsync([new LineProblem(0, problem)], cancellationToken)
            : Done(texts["已签收。"]);

    /// <summary>Sends a file of the packet.</summary>
    public async Task<IActionResult> OnPostFileAsync(PacketFileKind kind, CancellationToken cancellationToken) =>
        await download.ReadAsync(Id, kind, cancellationToken) is { } file ? File(file.Content, file.ContentType, file.Name) : NotFound();

    /// <summary>Sends the transfer file of what waits for payment now.</summary>
    public async Task<IActionResult> OnPostTransferAsync(CancellationToken cancellationToken) =>
        await transfer.MakeAsync(Id, cancellationToken) is { } file
            ? File(file.Content, file.ContentType, file.Name)
            : await AgainAsync([new LineProblem(0, texts["没有待付的明细，或批次尚未签收。"])], cancellationToken);

    /// <summary>Exports the filtered lines, masked.</summary>
    public async Task<IActionResult> OnPostExportAsync(CancellationToken cancellationToken)
    {
        var file = await export.MakeAsync(Id, Filter(), cancellationToken);
        return file is null ? NotFound() : File(file.Content, file.ContentType, file.Name);
    }

    /// <summary>Sums the chosen lines, for browsers without scripts.</summary>
    public async Task<IActionResult> OnPostSumAsync(Guid[] chosen, string? note, CancellationToken cancellationToken)
    {
        var amounts = await db.PacketLines.Where(row => row.PacketId == Id && chosen.Contains(row.Id)).Select(row => row.Amount)
            .ToListAsync(cancellationToken);
        (Chosen, ChosenSum, Note) = (chosen, amounts.Sum(), note);
        return await LoadAsync(cancellationToken) ? Page() : NotFound();
    }

    /// <summary>Marks every line that waits as paid.</summary>
    public async Task<IActionResult> OnPostPayAllAsync(CancellationToken cancellationToken)
    {
        var waiting = await db.PacketLines.Where(row => row.PacketId == Id && row.State == LineState.Pending).Select(row => row.Id)
            .ToArrayAsync(cancellationToken);
        return await MarkAsync(waiting, LineState.Paid, null, cancellationToken);
    }

    /// <summary>Marks the chosen lines.</summary>
    public Task<IActionResult> OnPostMarkAsync(Guid[] chosen, LineState to, string? note, CancellationToken cancellationToken)
    {
        (Chosen, Note) = (chosen, note);
        return MarkAsync(chosen, to, string.IsNullOrWhiteSpace(note) ? null : note.Trim(), cancellationToken);
    }

    /// <summary>Takes a result file of the bank to be looked at.</summary>
    public async Task<IActionResult> OnPostResultAsync(IFormFile? result, CancellationToken cancellationToken)
    {
        if (result is null || result.Length > ResultSheet.LargestBytes)
            return await AgainAsync([new LineProblem(0, result is null ? texts["请选择回盘文件。"] : texts["文件超过 10 MB，请确认是否选错文件。"])], cancellationToken);
        using var buffer = new MemoryStream();
        await result.CopyToAsync(buffer, cancellationToken);
        var name = Path.GetFileName(result.FileName);
        return await import.UploadAsync(Id, name.Length > 200 ? name[..200] : name, buffer.ToArray(), person.RequiredId, cancellationToken) switch
        {
            UploadOutcome.Stored stored => Redirect($"/finance/results/{stored.ResultId}"),
            UploadOutcome.Refused refused => await AgainAsync([.. refused.Problems.Select(one => new LineProblem(0, one))], cancellationToken),
            var other => throw new InvalidOperationException($"Unknown outcome {other}."),
        };
    }

    private async Task<IActionResult> MarkAsync(Guid[] ids, LineState to, string? note, CancellationToken cancellationToken) =>
        await marks.MarkAsync(Id, [.. ids.Distinct().Select(id => new LineMark(id, to, note))], person.RequiredId, byBank: false, cancellationToken) switch
        {
            MarkOutcome.Marked marked => Done(texts["已标记 {0} 笔，合计 {1} 元。", marked.Count, FinanceWords.Yuan(marked.Sum)]),
            MarkOutcome.Refused refused => await AgainAsync(refused.Problems, cancellationToken),
            var other => throw new InvalidOperationException($"Unknown outcome {other}."),
        };

    private RedirectResult Done(string notice)
    {
        TempData["Notice"] = notice;
        return Redirect($"/finance/packets/{Id}");
    }

    private async Task<IActionResult> AgainAsync(IReadOnlyList<LineProblem> problems, CancellationToken cancellationToken)
    {
        Problems = problems;
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        var page = Page();
        page.ContentType = MediaTypeNames.Text.Html;
        page.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return page;
    }
}
