namespace Approvals.Core.Webhooks;

/// <summary>What other systems can be told of. Names never change; docs/api.md lists what each carries.</summary>
public static class WebhookEvents
{
    /// <summary>提交 — a case was submitted and has its number.</summary>
    public const string CaseSubmitted = "case.submitted";

    /// <summary>发起 — the system started a case that follows from another, e.g. the insurance after an appointment.</summary>
    public const string CaseStarted = "case.started";

    /// <summary>退回 — a case was sent back for correction.</summary>
    public const string CaseReturned = "case.returned";

    /// <summary>办结 — a case ended well.</summary>
    public const string CaseCompleted = "case.completed";

    /// <summary>未通过 — a case was refused.</summary>
    public const string CaseRejected = "case.rejected";

    /// <summary>撤回 — the applicant took the case back.</summary>
    public const string CaseWithdrawn = "case.withdrawn";

    /// <summary>待办 — somebody was given a task.</summary>
    public const string TaskAssigned = "task.assigned";

    /// <summary>办理 — a task was decided.</summary>
    public const string TaskDecided = "task.decided";

    /// <summary>待办撤销 — a task was closed without a decision of its own.</summary>
    public const string TaskClosed = "task.closed";

    /// <summary>超时 — a task's deadline has passed.</summary>
    public const string TaskOverdue = "task.overdue";

    /// <summary>文书签发 — a document has its number and words.</summary>
    public const string DocumentIssued = "document.issued";

    /// <summary>文书生成 — the PDF of an issued document can be fetched.</summary>
    public const string DocumentReady = "document.ready";

    /// <summary>颁发证书.</summary>
    public const string CertificateIssued = "certificate.issued";

    /// <summary>证书作废.</summary>
    public const string CertificateVoided = "certificate.voided";

    /// <summary>发布公示.</summary>
    public const string NoticePublished = "notice.published";

    /// <summary>公示期满而有未决异议.</summary>
    public const string NoticeHeld = "notice.held";

    /// <summary>公示结束.</summary>
    public const string NoticeEnded = "notice.ended";

    /// <summary>撤销公示.</summary>
    public const string NoticeWithdrawn = "notice.withdrawn";

    /// <summary>提出异议.</summary>
    public const string ObjectionFiled = "objection.filed";

    /// <summary>裁定异议.</summary>
    public const string ObjectionRuled = "objection.ruled";

    /// <summary>登记入库 — somebody entered the register of commanders.</summary>
    public const string CommanderEntered = "commander.entered";

    /// <summary>A trial call, sent by an administrator to one target.</summary>
    public const string Ping = "ping";

    /// <summary>Every event that can be subscribed to.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        CaseSubmitted, CaseStarted, CaseReturned, CaseCompleted, CaseRejected, CaseWithdrawn,
        TaskAssigned, TaskDecided, TaskClosed, TaskOverdue,
        DocumentIssued, DocumentReady, CertificateIssued, CertificateVoided,
        NoticePublished, NoticeHeld, NoticeEnded, NoticeWithdrawn, ObjectionFiled, ObjectionRuled,
        CommanderEntered,
    ];
}
