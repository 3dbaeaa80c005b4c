using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Missions;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Pages.Events;

/// <summary>A line of the offered roster with what is true of the commander now.</summary>
/// <param name="Offered">As it was offered.</param>
/// <param name="Now">As things stand; null when no longer in term.</param>
public sealed record RosterRow(RosterLine Offered, RosterCandidate? Now);

/// <summary>A mission of the event as the reader sees it.</summary>
/// <param name="Line">The mission.</param>
/// <param name="MayReadCase">Whether its case may be opened.</param>
/// <param name="Task">The reader's own open task in it, with the name of the step.</param>
public sealed record MissionRow(MissionLine Line, bool MayReadCase, (Guid Id, string Step)? Task);

/// <summary>一件突发事件 — roster, appointments, log; made for a phone on the scene.</summary>
[Authorize]
public sealed class EventModel(
    EventQuery events, EventAccess access, EventChoices choices, OfferRoster rosters, RosterQuery candidates, AppointCommander appointing,
    RevokeMission revoking, WriteEventLog logging, HandOverCommand handing, CloseEvent closing, CaseAccess cases, CurrentPerson person,
    ApprovalsDbContext db) : PageModel
{
    /// <summary>Event.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The event.</summary>
    public EmergencyEvent Row { get; private set; } = null!;

    /// <summary>What the reader may do.</summary>
    public EventRights Rights { get; private set; } = null!;

    /// <summary>Newest offered roster; null when none was.</summary>
    public EventRoster? Roster { get; private set; }

    /// <summary>Its lines.</summary>
    public IReadOnlyList<RosterRow> RosterRows { get; private set; } = [];

    /// <summary>Missions.</summary>
    public IReadOnlyList<MissionRow> Missions { get; private set; } = [];

    /// <summary>Log, newest first.</summary>
    public IReadOnlyList<EventLogEntry> Log { get; private set; } = [];

    /// <summary>Who could take over.</summary>
    public IReadOnlyList<Person> Successors { get; private set; } = [];

    /// <summary>Problem of the act that was tried, and where.</summary>
    public (string Where, string Text)? Problem { get; private set; }

    /// <summary>What was typed into the log, when it could not be stored.</summary>
    public (EventLogKind Kind, string? Text, DateTime? HappenedAt)? Typed { get; private set; }

    /// <summary>Shows the event.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) ? Page() : NotFound();

    /// <summary>Offers the roster again.</summary>
    public async Task<IActionResult> OnPostRosterAsync(CancellationToken cancellationToken) =>
        await rosters.OfferAsync(Id, cancellationToken)
            ? Done("参考名册已更新并提供给总指挥。")
            : await access.RightsAsync(Id, cancellationToken) is { IsDuty: false } ? Forbid()
            : await AgainAsync("roster", "事件已结束，名册不再更新。", cancellationToken);

    /// <summary>Chooses a commander; the signature comes next.</summary>
    public async Task<IActionResult> OnPostAppointAsync(Guid commander, string? assignment, CancellationToken cancellationToken) =>
        await appointing.ChooseAsync(Id, commander, assignment, cancellationToken) switch
        {
            AppointOutcome.ToSign { TaskId: { } task } => Redirect($"/tasks/{task}"),
            AppointOutcome.ToSign => Done("任命已提出，签署环节没有找到办理人，已转系统管理员。"),
            AppointOutcome.Refused refused => await AgainAsync("roster", refused.Why, cancellationToken),
            _ => Forbid(),
        };

    /// <summary>Takes an appointment back.</summary>
    public async Task<IActionResult> OnPostRevokeAsync(Guid mission, string? reason, CancellationToken cancellationToken) =>
        await revoking.RevokeAsync(mission, reason, cancellationToken) switch
        {
            RevokeOutcome.Revoked => Done("任命已撤销，并通知本人。"),
            RevokeOutcome.ReasonNeeded => await AgainAsync("missions", "请填写撤销任命的原因（不超过 200 字）。", cancellationToken),
            RevokeOutcome.TooLate => await AgainAsync("missions", "本人已经答复，不能撤销；已接受的请下达终止指令。", cancellationToken),
            _ => Forbid(),
        };

    /// <summary>Writes into the log.</summary>
    public async Task<IActionResult> OnPostLogAsync(
        EventLogKind kind, string? text, DateTime? happenedAt, CancellationToken cancellationToken)
    {
        var outcome = await logging.WriteAsync(Id, kind, text, happenedAt, cancellationToken);
        if (outcome == LogOutcome.Written)
        {
            return Done("已记入现场记录。");
        }

        Typed = (kind, text, happenedAt);
        return outcome == LogOutcome.NotAllowed ? Forbid() : await AgainAsync(
            "log",
            outcome switch
            {
                LogOutcome.TextNeeded => "请填写记录内容（不超过 2000 字）。",
                LogOutcome.WrongTime => "时间应在事件发生之后、现在之前。",
                _ => "事件已结束，现场记录不再增加。",
            },
            cancellationToken);
    }

    /// <summary>Hands the command over.</summary>
    public async Task<IActionResult> OnPostHandOverAsync(Guid to, CancellationToken cancellationToken) =>
        await handing.HandOverAsync(Id, to, cancellationToken) switch
        {
            HandOverOutcome.HandedOver => Done("总指挥已交接，待签署的任命和终止指令随之转交。"),
            HandOverOutcome.NotPossible => await AgainAsync("command", "请选择接任的总指挥；在本次事件中担任技术指挥官的人员不能接任。", cancellationToken),
            HandOverOutcome.Closed => await AgainAsync("command", "事件已结束。", cancellationToken),
            _ => Forbid(),
        };

    /// <summary>Closes the event.</summary>
    public async Task<IActionResult> OnPostCloseAsync(string? note, CancellationToken cancellationToken) =>
        await closing.CloseAsync(Id, note, cancellationToken) switch
        {
            CloseEventOutcome.Closed => Done("事件已结束。工作报告和评估继续办理。"),
            CloseEventOutcome.StillBound bound => await AgainAsync(
                "command", $"{string.Join("、", bound.Names)}的任命尚未终止，请先下达终止指令或者撤销任命（办法第十九条）。", cancellationToken),
            CloseEventOutcome.NoteNeeded => await AgainAsync("command", "请填写结束说明（不超过 2000 字）。", cancellationToken),
            CloseEventOutcome.AlreadyClosed => await AgainAsync("command", "事件此前已经结束。", cancellationToken),
            _ => Forbid(),
        };

    private RedirectResult Done(string notice)
    {
        TempData["Notice"] = notice;
        return Redirect($"/events/{Id}");
    }

    private async Task<IActionResult> AgainAsync(string where, string text, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        Problem = (where, text);
        var page = Page();
        page.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return page;
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await access.RightsAsync(Id, cancellationToken) is not { } rights
            || await events.FindAsync(Id, cancellationToken) is not { } row)
        {
            return false;
        }

        (Row, Rights) = (row, rights);
        Roster = await rosters.NewestAsync(Id, cancellationToken);
        if (Roster is not null && row.Status == EventStatus.Open)
        {
            var lines = OfferRoster.Read(Roster);
            var now = (await candidates.CandidatesAsync([.. lines.Select(one => one.Candidate.CommanderId)], cancellationToken))
                .ToDictionary(one => one.CommanderId);
            RosterRows = [.. lines.Select(one => new RosterRow(one, now.GetValueOrDefault(one.Candidate.CommanderId)))];
        }

        await LoadMissionsAsync(cancellationToken);
        Log = await events.LogAsync(Id, cancellationToken);
        Successors = row.Status == EventStatus.Open && (rights.IsCommand || rights.IsDuty)
            ? [.. (await choices.LoadAsync(cancellationToken)).Generals.Where(one => one.Id != row.GeneralCommanderId)] : [];
        return true;
    }

    private async Task LoadMissionsAsync(CancellationToken cancellationToken)
    {
        var lines = await events.MissionsAsync(Id, cancellationToken);
        var ids = lines.ConvertAll(line => line.Mission.CaseId);
        var tasks = await db.Tasks.AsNoTracking()
            .Where(task => ids.Contains(task.CaseId) && task.AssigneeId == person.Id && task.State == TaskState.Open)
            .ToDictionaryAsync(task => task.CaseId, task => (task.Id, task.StepName), cancellationToken);
        var rows = new List<MissionRow>();
        foreach (var line in lines)
        {
            var caseId = line.Mission.CaseId;
            rows.Add(new MissionRow(
                line, await cases.CanReadAsync(caseId, cancellationToken), tasks.TryGetValue(caseId, out var task) ? task : null));
        }

        Missions = rows;
    }
}
