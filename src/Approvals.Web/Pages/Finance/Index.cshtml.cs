using Approvals.Core.Payouts.Accounts;
using Approvals.Core.Payouts.Packets;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Finance;

/// <summary>财务拨付 — packets, newest first, with what waits for finance above them.</summary>
[Authorize(Policy = Policies.Finance)]
public sealed class IndexModel(PacketQuery packets, PacketSource source, AccountQuery accounts) : PageModel
{
    /// <summary>Only packets that are so far.</summary>
    [BindProperty(SupportsGet = true)]
    public PacketProgress? Progress { get; set; }

    /// <summary>Only this programme.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Programme { get; set; }

    /// <summary>Where the page begins.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Before { get; set; }

    /// <summary>Packets.</summary>
    public IReadOnlyList<PacketSummary> Rows { get; private set; } = [];

    /// <summary>How many packets are how far.</summary>
    public IReadOnlyDictionary<PacketProgress, int> Counts { get; private set; } = new Dictionary<PacketProgress, int>();

    /// <summary>Programmes to filter by.</summary>
    public IReadOnlyList<(string Code, string Name)> Programmes { get; private set; } = [];

    /// <summary>Entitlements that are in no packet.</summary>
    public IReadOnlyList<WaitingProgramme> Waiting { get; private set; } = [];

    /// <summary>Accounts that wait for finance.</summary>
    public int ToVerify { get; private set; }

    /// <summary>Where the next page begins; null on the last one.</summary>
    public Guid? Next => Rows.Count == PacketQuery.PageSize ? Rows[^1].Packet.Id : null;

    /// <summary>Whether anything narrows the list.</summary>
    public bool IsFiltered => Progress is not null || !string.IsNullOrEmpty(Programme);

    /// <summary>Shows the list.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Rows = await packets.PageAsync(Progress, Programme, Before, cancellationToken);
        Counts = await packets.CountsAsync(cancellationToken);
        Programmes = await packets.ProgrammesAsync(cancellationToken);
        Waiting = await source.WaitingAsync(cancellationToken);
        ToVerify = (await accounts.ToVerifyAsync(cancellationToken)).Count;
    }

    /// <summary>Address of another page of the same list.</summary>
    public string Address(Guid? before)
    {
        var query = new QueryBuilder();
        if (Progress is { } progress)
            query.Add("progress", progress.ToString());
        if (!string.IsNullOrEmpty(Programme))
            query.Add("programme", Programme);
        if (before is { } id)
            query.Add("before", id.ToString());
        return "/finance" + query;
    }
}
