namespace Approvals.Core.Data;

/// <summary>What a use case sees of the transaction it runs in.</summary>
public sealed class UnitOfWorkScope
{
    internal UnitOfWorkScope(ApprovalsDbContext db) => Db = db;

    /// <summary>The context whose changes are saved at the end; the same one that is injected.</summary>
    public ApprovalsDbContext Db { get; }

    /// <summary>True once the work was given up.</summary>
    public bool IsAborted { get; private set; }

    /// <summary>
    /// Gives the whole transaction up, also that of the outermost caller, for outcomes such as "already decided": nothing is stored,
    /// no audit entry is written, nobody is rung. The value returned by the work still reaches the caller.
    /// </summary>
    public void Abort() => IsAborted = true;
}
