using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Insurance;
using Approvals.Core.Payouts.Files;
using Approvals.Core.Payouts.Packets;
using Approvals.Core.Regulations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Insurance;

/// <summary>保险台账 — recorded policies, those that end first at the head, with their scans and an export.</summary>
[Authorize]
public sealed class PoliciesModel(
    InsuranceAccess access, InsuranceQuery query, CaseList cases, InsuranceRoster roster, ExportPolicies export, RegulationParameters parameters,
    TimeProvider time) : PageModel
{
    /// <summary>Which policies.</summary>
    [BindProperty(SupportsGet = true)]
    public PolicyFilter Filter { get; set; }

    /// <summary>How many are left out before the page.</summary>
    [BindProperty(SupportsGet = true)]
    public int From { get; set; }

    /// <summary>Policies.</summary>
    public IReadOnlyList<PolicyLine> Rows { get; private set; } = [];

    /// <summary>Cases of them that the reader may open.</summary>
    public IReadOnlySet<Guid> Readable { get; private set; } = new HashSet<Guid>();

    /// <summary>Whether a further page follows.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Today in China.</summary>
    public DateOnly Today => time.Today();

    /// <summary>Days of the longest reminder.</summary>
    public int Ahead { get; private set; }

    /// <summary>Required sum today.</summary>
    public decimal Least { get; private set; }

    /// <summary>Whether the reader may record claims.</summary>
    public bool MayRecord => access.MayRecord;

    /// <summary>Shows the list.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await access.MayReadAsync(cancellationToken))
        {
            return Forbid();
        }

        await LimitsAsync(cancellationToken);
        From = Math.Max(0, From);
        var rows = await query.PoliciesAsync(Filter, Today, Ahead, From, InsuranceQuery.PageSize + 1, cancellationToken);
        (Rows, HasMore) = ([.. rows.Take(InsuranceQuery.PageSize)], rows.Count > InsuranceQuery.PageSize);
        Readable = await cases.ReadableAmongAsync(Rows.Select(line => line.Policy.CaseId), cancellationToken);
        return Page();
    }

    /// <summary>Sends the workbook.</summary>
    public async Task<IActionResult> OnPostExportAsync(CancellationToken cancellationToken)
    {
        if (!await access.MayReadAsync(cancellationToken))
        {
            return Forbid();
        }

        await LimitsAsync(cancellationToken);
        return File(
            await export.MakeAsync(Filter, Today, Ahead, cancellationToken), PacketFiles.ContentTypeOf(PacketFileKind.Workbook), "保险台账.xlsx");
    }

    private async Task LimitsAsync(CancellationToken cancellationToken)
    {
        Ahead = (await parameters.ValueAsync(ParameterKeys.InsuranceReminderDays, Today, cancellationToken)).WholeList.DefaultIfEmpty(0).Max();
        Least = await roster.LeastAsync(Today, cancellationToken);
    }
}
