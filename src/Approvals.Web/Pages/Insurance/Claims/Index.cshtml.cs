using Approvals.Core.Insurance;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Insurance.Claims;

/// <summary>理赔 — claims: everyone's for the office, the own ones for a commander.</summary>
[Authorize]
public sealed class IndexModel(InsuranceAccess access, ClaimQuery claims) : PageModel
{
    /// <summary>Claims, newest accident first.</summary>
    public IReadOnlyList<ClaimRow> Rows { get; private set; } = [];

    /// <summary>Whether the reader sees everyone's.</summary>
    public bool SeesAll { get; private set; }

    /// <summary>Whether the reader may record claims.</summary>
    public bool MayRecord => access.MayRecord;

    /// <summary>Colour of a state.</summary>
    public string ToneOf(InsuranceClaimState state) => state switch
    {
        InsuranceClaimState.Paid => "tag-good", InsuranceClaimState.Refused => "tag-bad", _ => "tag-warn",
    };

    /// <summary>Shows the list.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        SeesAll = await access.MayReadAsync(cancellationToken);
        Rows = await claims.ListAsync(cancellationToken);
    }
}
