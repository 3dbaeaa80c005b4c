using System.Text.Json;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Admin.Unassigned;

/// <summary>A step that waits for an administrator.</summary>
/// <param name="Step">The step.</param>
/// <param name="CaseNumber">Case.</param>
/// <param name="SubjectName">Whom the case is about.</param>
/// <param name="ProcessName">Process.</param>
/// <param name="Why">Why nobody was found.</param>
public sealed record UnassignedLine(StepRun Step, string? CaseNumber, string SubjectName, string ProcessName, string Why);

/// <summary>无人办理 — steps that resolved to nobody or whose people have left, with somebody to be named for each.</summary>
[Authorize(Policy = Policies.SystemAdministration)]
public sealed class IndexModel(AssignStep assigning, ApprovalsDbContext db, CurrentPerson current, IStringLocalizer<OperationTexts> texts) : PageModel
{
    /// <summary>Steps that wait, the oldest first.</summary>
    public IReadOnlyList<UnassignedLine> Steps { get; private set; } = [];

    /// <summary>Who may be named.</summary>
    public IReadOnlyList<(Guid Id, string Name)> People { get; private set; } = [];

    /// <summary>Shows the list.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var rows = await assigning.Waiting()
            .Join(db.Cases, step => step.CaseId, one => one.Id, (step, one) => new { step, one.Number, one.SubjectName, one.ProcessName })
            .OrderBy(row => row.step.OpenedAt).Take(200).ToListAsync(cancellationToken);
        Steps = [.. rows.Select(row => new UnassignedLine(row.step, row.Number, row.SubjectName, row.ProcessName, WhyOf(row.step)))];
        if (Steps.Count > 0)
        {
            var people = await db.People.AsNoTracking().Where(one => one.IsActive).OrderBy(one => one.Name)
                .Select(one => new { one.Id, one.Name, one.Number }).ToListAsync(cancellationToken);
            People = [.. people.Select(one => (one.Id, one.Number is null ? one.Name : $"{one.Name}（{one.Number}）"))];
        }
    }

    /// <summary>Names somebody for a step.</summary>
    public async Task<IActionResult> OnPostAsync(Guid step, Guid person, string? reason, CancellationToken cancellationToken)
    {
        if (person == Guid.Empty || string.IsNullOrWhiteSpace(reason))
        {
            TempData["Problem"] = texts["请选择办理人并写明原因。"].Value;
            return RedirectToPage();
        }

        if (person == current.Id)
        {
            // As with posts: an administrator who named themself would decide the case.
            TempData["Problem"] = texts["不能指定本人办理，请另一位系统管理员办理。"].Value;
            return RedirectToPage();
        }

        var outcome = await assigning.AssignAsync(step, [person], reason.Trim(), cancellationToken);
        var (kind, text) = outcome switch
        {
            AssignOutcome.Assigned => ("Notice", texts["已指定，办理人会收到待办。"]),
            AssignOutcome.Gone => ("Problem", texts["这个环节已经有人办理，不需要再指定。"]),
            _ => ("Problem", texts["不能指定此人：已离任，或是申请人本人。"]),
        };
        TempData[kind] = text.Value;
        return RedirectToPage();
    }

    private string WhyOf(StepRun step)
    {
        var resolution = JsonSerializer.Deserialize<ParticipantResolution>(step.Resolution, JsonSerializerOptions.Web);
        return resolution is { Unresolved.Count: > 0 }
            ? string.Join("；", resolution.Unresolved.Select(one => one.Why))
            : texts["原办理人已离任"];
    }
}
