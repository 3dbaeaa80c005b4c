using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Approvals.Core.Missions;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Pages.Missions;

/// <summary>我的任务 — a commander's own page: missions, when the commander cannot come, where the commander sets out from.</summary>
[Authorize]
public sealed class IndexModel(
    EventQuery events, StateAbsence absence, SetCommanderBase bases, ApprovalsDbContext db, CurrentPerson person) : PageModel
{
    /// <summary>The signed-in person's entries in the register, newest term first; empty for whoever is no commander.</summary>
    public IReadOnlyList<Commander> Commanders { get; private set; } = [];

    /// <summary>The entry that counts.</summary>
    public Commander Me => Commanders[0];

    /// <summary>Missions.</summary>
    public IReadOnlyList<MissionLine> Missions { get; private set; } = [];

    /// <summary>Absences that are not taken back, newest first.</summary>
    public IReadOnlyList<CommanderAbsence> Absences { get; private set; } = [];

    /// <summary>Problems by field.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; private set; } = new Dictionary<string, string>();

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string?> Typed { get; private set; } = new Dictionary<string, string?>();

    /// <summary>Problem of a field.</summary>
    public string? ProblemOf(string field) => Problems.GetValueOrDefault(field);

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) ? Page() : Forbid();

    /// <summary>States an absence.</summary>
    public async Task<IActionResult> OnPostAbsenceAsync(
        DateOnly? from, DateOnly? until, string? reason, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return Forbid();
        }

        var outcome = await absence.StateAsync(Me.Id, from, until, reason, cancellationToken);
        if (outcome is AbsenceOutcome.Invalid invalid)
        {
            Typed = new Dictionary<string, string?>
            {
                ["From"] = Request.Form["from"], ["Until"] = Request.Form["until"], ["Reason"] = reason,
            };
            return Wrong(invalid.Problems);
        }

        return outcome is AbsenceOutcome.Stored ? Done("已登记，参考名册会显示您不在位。") : Forbid();
    }

    /// <summary>Takes an absence back.</summary>
    public async Task<IActionResult> OnPostBackAsync(Guid id, CancellationToken cancellationToken) =>
        await absence.CancelAsync(id, cancellationToken) switch
        {
            AbsenceOutcome.Stored => Done("已撤销，您恢复为可用。"),
            AbsenceOutcome.AlreadyBack => Done("此前已撤销，您现在可用。"),
            _ => Forbid(),
        };

    /// <summary>Records the base.</summary>
    public async Task<IActionResult> OnPostBaseAsync(
        string? place, double? latitude, double? longitude, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return Forbid();
        }

        switch (await bases.SetAsync(Me.Id, place, latitude, longitude, cancellationToken))
        {
            case BaseOutcome.Stored:
                return Done("驻地已登记。");
            case BaseOutcome.Invalid:
                Typed = new Dictionary<string, string?>
                {
                    ["Place"] = place, ["Latitude"] = Request.Form["latitude"], ["Longitude"] = Request.Form["longitude"],
                };
                return Wrong(new Dictionary<string, string> { ["Base"] = "请填写驻地（不超过 100 字）和十进制的经纬度，例如纬度 29.29、经度 106.26" });
            default:
                return Forbid();
        }
    }

    private RedirectResult Done(string notice)
    {
        TempData["Notice"] = notice;
        return Redirect("/missions");
    }

    private PageResult Wrong(IReadOnlyDictionary<string, string> problems)
    {
        Problems = problems;
        var page = Page();
        page.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return page;
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var me = person.RequiredId;
        Commanders = await db.Commanders.AsNoTracking().Where(row => row.PersonId == me)
            .OrderByDescending(row => row.TermStart).ToListAsync(cancellationToken);
        if (Commanders.Count == 0)
        {
            return false;
        }

        Missions = await events.MineAsync(cancellationToken);
        var commander = Me.Id;
        Absences = await db.CommanderAbsences.AsNoTracking().Where(row => row.CommanderId == commander && row.CancelledAt == null)
            .OrderByDescending(row => row.From).Take(20).ToListAsync(cancellationToken);
        return true;
    }
}
