using Approvals.Core.Organisation;
using Approvals.Core.Payouts.Bank;
using Approvals.Core.Payouts.Packets;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Finance;

/// <summary>银行回盘文件 — shows row by row what a result file would do, and does it.</summary>
[Authorize(Policy = Policies.Finance)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ResultModel(ImportResult import, CurrentPerson person, IStringLocalizer<FinanceTexts> texts) : PageModel
{
    /// <summary>The stored file.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>What it would do.</summary>
    public ResultPreview Preview { get; private set; } = null!;

    /// <summary>Why it was not applied.</summary>
    public IReadOnlyList<LineProblem> Problems { get; private set; } = [];

    /// <summary>Shows the rows.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await import.PreviewAsync(Id, cancellationToken) is not { } preview)
            return NotFound();
        Preview = preview;
        return Page();
    }

    /// <summary>Takes the matching rows over.</summary>
    public async Task<IActionResult> OnPostAsync(string? digest, CancellationToken cancellationToken)
    {
        switch (await import.ApplyAsync(Id, digest ?? "", person.RequiredId, cancellationToken))
        {
            case ApplyOutcome.Applied applied:
                TempData["Notice"] = texts[
                    "已按银行结果登记 {0} 笔：成功 {1} 元，失败 {2} 元。", applied.Count, FinanceWords.Yuan(applied.Paid), FinanceWords.Yuan(applied.Failed)].Value;
                return Redirect($"/finance/results/{Id}");
            case ApplyOutcome.Refused refused:
                Problems = refused.Problems;
                break;
        }

        Response.StatusCode = StatusCodes.Status409Conflict;
        return await OnGetAsync(cancellationToken);
    }
}
