using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Timers;
using Approvals.Core.Webhooks;

namespace Approvals.Core.Notices;

/// <summary>What became of an objection that was filed.</summary>
public abstract record FilingOutcome
{
    /// <summary>Accepted; the receipt to ask with.</summary>
    public sealed record Accepted(string Receipt) : FilingOutcome;

    /// <summary>Something is missing or wrong; by field.</summary>
    public sealed record Invalid(IReadOnlyDictionary<string, string> Problems) : FilingOutcome;

    /// <summary>The notice is over, ended or withdrawn.</summary>
    public sealed record Closed : FilingOutcome;

    /// <summary>There is no such notice.</summary>
    public sealed record NotFound : FilingOutcome;
}

/// <summary>Evidence whose content was looked at and found to be what it claims.</summary>
/// <param name="Content">The file.</param>
/// <param name="ContentType">Type found in it.</param>
/// <param name="FileName">Name for people; never used as a path.</param>
public sealed record Evidence(Stream Content, string ContentType, string FileName);

/// <summary>提出异议 — anyone may object while the notice runs (A1, step 4); the case is held until it is ruled.</summary>
public sealed class FileObjection(
    ApprovalsDbContext db, UnitOfWork unitOfWork, FileStore files, TimerService timers, AuditTrail audit, Announcer announcer, TimeProvider time)
{
    /// <summary>Files the objection.</summary>
    /// <param name="noticeId">Which notice.</param>
    /// <param name="typed">What was typed.</param>
    /// <param name="evidence">A file; null for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<FilingOutcome> FileAsync(
        Guid noticeId, ObjectionInput typed, Evidence? evidence, CancellationToken cancellationToken)
    {
        var problems = typed.Problems();
        return problems.Count > 0
            ? new FilingOutcome.Invalid(problems)
            : await unitOfWork.RunAsync(
                scope => FileAsync(scope, noticeId, typed.Clean(), evidence, cancellationToken), cancellationToken);
    }

    private async Task<FilingOutcome> FileAsync(
        UnitOfWorkScope scope, Guid noticeId, ObjectionInput input, Evidence? evidence, CancellationToken cancellationToken)
    {
        // Closes the race with the end of the notice: under the notice's lock the end has either happened, and this is refused,
        // or it will count this objection.
        var notice = await NoticeLock.TakeAsync(db, noticeId, cancellationToken);
        var now = time.GetUtcNow();
        if (notice is null || !NoticeDecisions.CanObject(notice.Status, notice.EndsOn, now))
        {
            scope.Abort();
            return notice is null ? new FilingOutcome.NotFound() : new FilingOutcome.Closed();
        }

        var file = evidence is null
            ? null : await files.SaveAsync(evidence.Content, evidence.ContentType, null, cancellationToken);
        var objection = new Objection
        {
            NoticeId = notice.Id,
            CaseId = notice.CaseId,
            Receipt = "YY" + CheckCode.New(14),
            Name = input.Name!,
            Contact = input.Contact!,
            Content = input.Content!,
            EvidenceFileId = file?.Id,
            EvidenceFileName = evidence is null ? null : ShortName(evidence.FileName),
            FiledAt = now,
        };
        db.Objections.Add(objection);
        db.CaseEvents.Add(new CaseEvent
        {
            CaseId = notice.CaseId, At = now, Kind = "objection", StepName = "公示", Text = "收到公示异议，转入核查处理",
        });
        audit.Record("objection.filed", "objection", objection.Id.ToString(), new { notice = notice.Number });
        await announcer.AnnounceAsync(
            WebhookEvents.ObjectionFiled, objection.Id, notice.CaseId, new { objectionId = objection.Id, noticeId = notice.Id }, cancellationToken);

        // Taking it into hand starts a workflow; that may fail for reasons the public has nothing to do with, so it is a ring.
        HandleNextObjection.Ring(timers, notice, objection.Id, now);
        return new FilingOutcome.Accepted(objection.Receipt);
    }

    private static string ShortName(string fileName) =>
        Path.GetFileName(fileName.Replace('\\', '/')) is { Length: > 100 } name ? name[^100..] : Path.GetFileName(fileName.Replace('\\', '/'));
}
