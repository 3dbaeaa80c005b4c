using System.Globalization;
using Approvals.Core.Calendar;
using Approvals.Core.Training;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Training;

/// <summary>班次 — seats, attendance, scores, and publishing them.</summary>
[Authorize(Policy = Policies.Training)]
public sealed class SessionModel(
    TrainingQuery training, EnrolCandidates enrol, RecordResults record, PublishResults publish, TimeProvider time) : PageModel
{
    /// <summary>Session.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The session.</summary>
    public TrainingSession Session { get; private set; } = null!;

    /// <summary>Its candidates.</summary>
    public IReadOnlyList<CandidateLine> Candidates { get; private set; } = [];

    /// <summary>Who waits for a seat.</summary>
    public IReadOnlyList<CandidateLine> Waiting { get; private set; } = [];

    /// <summary>What was typed, by candidate, when it could not be stored.</summary>
    public IReadOnlyDictionary<Guid, (string? Attended, string? Score)> Typed { get; private set; } =
        new Dictionary<Guid, (string?, string?)>();

    /// <summary>Problems by candidate.</summary>
    public IReadOnlyDictionary<Guid, string> Problems { get; private set; } = new Dictionary<Guid, string>();

    /// <summary>Problem of the whole sheet.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether every candidate has a complete result.</summary>
    public bool IsComplete => Candidates.Count > 0
        && Candidates.All(line => TrainingResults.IsComplete(line.Enrolment.Attended, line.Enrolment.Score));

    /// <summary>Whether its day has come, so that there can be results.</summary>
    public bool HasBegun => Session.HasBegunBy(time.Today());

    /// <summary>Shows the session.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) ? Page() : NotFound();

    /// <summary>Seats the chosen candidates.</summary>
    public async Task<IActionResult> OnPostSeatAsync(Guid[] chosen, CancellationToken cancellationToken)
    {
        if (chosen.Length == 0)
        {
            return await AgainAsync("请先勾选要安排的考生。", StatusCodes.Status422UnprocessableEntity, cancellationToken);
        }

        return await enrol.SeatAsync(Id, chosen, cancellationToken) switch
        {
            EnrolOutcome.Seated seated => Done($"已安排 {seated.Count} 人，并通知本人。"),
            EnrolOutcome.Full full => await AgainAsync(
                $"名额不足：还有 {full.SeatsLeft} 个名额，选了 {chosen.Length} 人，未安排。", StatusCodes.Status409Conflict, cancellationToken),
            EnrolOutcome.TooEarly early => await AgainAsync(
                $"本班次早于{early.Name}公示期满的日期（{early.WaitingSince:yyyy-MM-dd}），未安排。", StatusCodes.Status422UnprocessableEntity, cancellationToken),
            _ => await AgainAsync("考生已被安排到其他班次或已撤回，未安排。请核对后重试。", StatusCodes.Status409Conflict, cancellationToken),
        };
    }

    /// <summary>Puts a candidate back on the waiting list.</summary>
    public async Task<IActionResult> OnPostUnseatAsync(Guid enrolment, CancellationToken cancellationToken) =>
        await enrol.UnseatAsync(Id, enrolment, cancellationToken)
            ? Done("已退回待安排名单。")
            : await AgainAsync("成绩已公布或考生已不在本班次。", StatusCodes.Status409Conflict, cancellationToken);

    /// <summary>Stores attendance and scores.</summary>
    public async Task<IActionResult> OnPostRecordAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        var rows = new List<ResultInput>();
        var typed = new Dictionary<Guid, (string?, string?)>();
        var problems = new Dictionary<Guid, string>();
        foreach (var line in Candidates.Where(line => line.Enrolment.Status == TrainingStatus.Enrolled))
        {
            var id = line.Enrolment.Id;
            var (attended, score) = (Form($"attended-{id}"), Form($"score-{id}"));
            typed[id] = (attended, score);
            decimal? value = decimal.TryParse(score, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                ? number : null;
            if (!string.IsNullOrEmpty(score) && value is null)
            {
                problems[id] = "成绩应为 0 至 100 的数字，最多一位小数";
            }

            rows.Add(new ResultInput(id, attended switch { "yes" => true, "no" => false, _ => null }, value));
        }

        var outcome = problems.Count > 0
            ? new RecordOutcome.Invalid(problems) : await record.SaveAsync(Id, rows, cancellationToken);
        switch (outcome)
        {
            case RecordOutcome.Saved:
                return Done("出勤和成绩已保存，尚未公布。");
            case RecordOutcome.Invalid invalid:
                (Typed, Problems) = (typed, invalid.Problems);
                return await AgainAsync("有成绩填写不正确，全部未保存。", StatusCodes.Status422UnprocessableEntity, cancellationToken);
            case RecordOutcome.TooEarly early:
                Typed = typed;
                return await AgainAsync(
                    $"本班次 {early.HeldOn:yyyy-MM-dd} 开班，尚未举行，不能登记出勤和成绩，未保存。", StatusCodes.Status422UnprocessableEntity, cancellationToken);
            default:
                return await AgainAsync("成绩已公布或考生有变动，未保存。", StatusCodes.Status409Conflict, cancellationToken);
        }
    }

    /// <summary>Publishes the results.</summary>
    public async Task<IActionResult> OnPostPublishAsync(CancellationToken cancellationToken) =>
        await publish.PublishAsync(Id, cancellationToken) switch
        {
            PublishOutcome.Published done => Done(
                $"成绩已公布：合格 {done.Passed} 人，待补考 {done.Resit} 人，不合格 {done.Failed} 人，缺考 {done.Absent} 人。"),
            PublishOutcome.Incomplete missing => await AgainAsync(
                $"还有 {missing.Missing} 人没有登记出勤或成绩，不能公布。", StatusCodes.Status422UnprocessableEntity, cancellationToken),
            PublishOutcome.TooEarly early => await AgainAsync(
                $"本班次 {early.HeldOn:yyyy-MM-dd} 开班，尚未举行，不能公布成绩。", StatusCodes.Status422UnprocessableEntity, cancellationToken),
            PublishOutcome.Empty => await AgainAsync("本班次没有考生。", StatusCodes.Status422UnprocessableEntity, cancellationToken),
            _ => await AgainAsync("成绩此前已经公布。", StatusCodes.Status409Conflict, cancellationToken),
        };

    private string? Form(string name) => Request.Form[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    private RedirectResult Done(string notice)
    {
        TempData["Notice"] = notice;
        return Redirect($"/training/sessions/{Id}");
    }

    private async Task<IActionResult> AgainAsync(string problem, int status, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        Problem = problem;
        var page = Page();
        page.StatusCode = status;
        return page;
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await training.FindAsync(Id, cancellationToken) is not { } session)
        {
            return false;
        }

        Session = session;
        Candidates = [.. (await training.CandidatesAsync(Id, cancellationToken))
            .Where(line => line.Enrolment.Status != TrainingStatus.Withdrawn)];
        Waiting = session.PublishedAt is null ? await training.WaitingAsync(cancellationToken) : [];
        return true;
    }
}
