using Approvals.Core.Organisation;
using Approvals.Core.Payouts.Packets;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Finance;

/// <summary>更正 — lines that failed or were stopped, and the corrective packet that pays them again.</summary>
[Authorize(Policy = Policies.Finance)]
public sealed class CorrectionsModel(
    PacketQuery packets, CorrectPacket correct, CurrentPerson person, IStringLocalizer<FinanceTexts> texts) : PageModel
{
    /// <summary>Candidates by programme.</summary>
    public IReadOnlyList<(string Code, string Name, IReadOnlyList<CorrectPacket.Candidate> Candidates)> Groups { get; private set; } = [];

    /// <summary>Why it was not built.</summary>
    public string? Problem { get; private set; }

    /// <summary>Shows the lines.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var groups = new List<(string, string, IReadOnlyList<CorrectPacket.Candidate>)>();
        foreach (var (code, name) in await packets.ProgrammesAsync(cancellationToken))
        {
            if (await correct.CandidatesAsync(code, cancellationToken) is { Count: > 0 } candidates)
                groups.Add((code, name, candidates));
        }

        Groups = groups;
    }

    /// <summary>Builds a corrective packet of the chosen lines.</summary>
    public async Task<IActionResult> OnPostAsync(string? programme, Guid[] lines, CancellationToken cancellationToken)
    {
        switch (await correct.BuildAsync(programme ?? "", lines, person.RequiredId, cancellationToken))
        {
            case BuildOutcome.Built built:
                TempData["Notice"] = texts["更正批次 {0} 已生成。", built.Packet.Number].Value;
                return Redirect($"/finance/packets/{built.Packet.Id}");
            case BuildOutcome.Refused refused:
                Problem = refused.Message;
                break;
        }

        await OnGetAsync(cancellationToken);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }
}
