using Approvals.Core.Organisation;
using Approvals.Core.Payouts.Packets;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Finance;

/// <summary>生成批次 — chooses programme and period, shows what the packet would hold, builds it.</summary>
[Authorize(Policy = Policies.Finance)]
public sealed class NewModel(PacketSource source, BuildPacket build, CurrentPerson person, IStringLocalizer<FinanceTexts> texts) : PageModel
{
    /// <summary>Programme code.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Programme { get; set; }

    /// <summary>First period.</summary>
    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    /// <summary>Last period.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Until { get; set; }

    /// <summary>What waits.</summary>
    public IReadOnlyList<WaitingProgramme> Waiting { get; private set; } = [];

    /// <summary>The chosen programme.</summary>
    public WaitingProgramme? Chosen { get; private set; }

    /// <summary>The lines the packet would have.</summary>
    public IReadOnlyList<LineDraft> Drafts { get; private set; } = [];

    /// <summary>Why it was not built.</summary>
    public string? Problem { get; private set; }

    /// <summary>Shows what waits, and the preview once a programme is chosen.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Waiting = await source.WaitingAsync(cancellationToken);
        Chosen = Waiting.FirstOrDefault(one => one.Programme == Programme) ?? (Waiting.Count == 1 ? Waiting[0] : null);
        if (Chosen is not null)
            Drafts = await source.DraftAsync(Range(Chosen.Programme), cancellationToken);
    }

    /// <summary>Builds the packet.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        switch (await build.BuildAsync(Range(Programme ?? ""), person.RequiredId, cancellationToken))
        {
            case BuildOutcome.Built built:
                TempData["Notice"] = texts["批次 {0} 已生成。", built.Packet.Number].Value;
                return Redirect($"/finance/packets/{built.Packet.Id}");
            case BuildOutcome.Refused refused:
                Problem = refused.Message;
                break;
        }

        await OnGetAsync(cancellationToken);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private PacketRange Range(string programme) => new(
        programme, string.IsNullOrWhiteSpace(From) ? "2000" : From.Trim(), string.IsNullOrWhiteSpace(Until) ? "2999" : Until.Trim());
}
