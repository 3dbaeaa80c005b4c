namespace Approvals.Core.Audit;

/// <summary>How the chain was broken.</summary>
public enum AuditBreakKind
{
    /// <summary>被修改.</summary>
    Changed,

    /// <summary>被删除.</summary>
    Removed,

    /// <summary>顺序被调整.</summary>
    Reordered,

    /// <summary>末段被重建 — the chain is consistent but differs from a signed checkpoint.</summary>
    Rebuilt,

    /// <summary>检查点文件被改动.</summary>
    CheckpointForged,
}

/// <summary>Where and how the chain was broken first.</summary>
/// <param name="Kind">How.</param>
/// <param name="Sequence">Sequence of the first entry concerned.</param>
/// <param name="Text">In Chinese, for people.</param>
public sealed record AuditBreak(AuditBreakKind Kind, long Sequence, string Text);

/// <summary>Result of checking the chain.</summary>
/// <param name="Entries">Entries read.</param>
/// <param name="Checkpoints">Checkpoints compared.</param>
/// <param name="Break">Null when the chain is intact.</param>
public sealed record AuditVerification(long Entries, int Checkpoints, AuditBreak? Break)
{
    /// <summary>Whether nothing was found.</summary>
    public bool IsIntact => Break is null;
}
