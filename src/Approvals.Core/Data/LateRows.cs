using Approvals.Core.Audit;

namespace Approvals.Core.Data;

/// <summary>
/// Rows that nobody reads back in the unit of work that writes them: journal, history, notifications, outbox, timers, audit chain. They
/// are inserted together at its end, in one command, which costs a fraction of saving them one by one. Scoped.
/// </summary>
public sealed class LateRows(ApprovalsDbContext db)
{
    private readonly List<object> pending = [];

    /// <summary>Adds a row to those that the running <see cref="UnitOfWork"/> inserts at its end.</summary>
    public void Add(object row) => pending.Add(row);

    /// <summary>Inserts the rows in the running transaction.</summary>
    /// <param name="auditHash">What the head of the audit chain is moved to, in the same command; null when nothing was recorded.</param>
    /// <param name="cancellationToken">Stops before the command is sent.</param>
    internal async Task FlushAsync(string? auditHash, CancellationToken cancellationToken)
    {
        if (pending.Count == 0)
            return;
        var insert = new RowInsert(db);
        foreach (var rows in pending.GroupBy(row => row.GetType()))
            await insert.AddAsync(rows.Key, rows, cancellationToken);
        if (auditHash is not null)
            insert.Add(AuditTrail.SetHead, auditHash);
        await insert.SendAsync(cancellationToken);
        pending.Clear();
    }

    internal void Clear() => pending.Clear();
}
