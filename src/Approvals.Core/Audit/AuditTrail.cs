using Approvals.Core.Data;
using Approvals.Core.Organisation;

namespace Approvals.Core.Audit;

/// <summary>Records what is done in the running <see cref="UnitOfWork"/>, which writes it at its end. Scoped.</summary>
public sealed class AuditTrail(ApprovalsDbContext db, LateRows late, CurrentPerson person, TimeProvider time)
{
    private readonly List<Line> pending = [];

    /// <summary>Records an act of the current person, or of the system when nobody is signed in.</summary>
    /// <param name="action">What, e.g. <c>task.decided</c>; at most 64 characters.</param>
    /// <param name="subjectKind">Kind of thing, e.g. <c>case</c>; at most 64 characters.</param>
    /// <param name="subjectId">Id of the thing; at most 100 characters.</param>
    /// <param name="details">Ids, hashes and words of ours; no personal data, for the chain can never be cleaned of it.</param>
    public void Record(string action, string subjectKind, string subjectId, object details) =>
        RecordBy(person.Id, action, subjectKind, subjectId, details);

    /// <summary>The same for an act of somebody who is not signed in yet, e.g. a failed or a first sign-in.</summary>
    public void RecordBy(Guid? actorId, string action, string subjectKind, string subjectId, object details)
    {
        // To the millisecond: every database returns it exactly, so that the hash can be computed again.
        var at = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        pending.Add(new Line(at, actorId, action, subjectKind, subjectId, CanonicalJson.Serialize(details)));
    }

    /// <summary>Moves the chain's head to a hash, {0}; <see cref="AppendAsync"/> has moved its sequence already.</summary>
    internal const string SetHead = """UPDATE "AuditHeads" SET "Hash" = {0} WHERE "Id" = 1""";

    /// <summary>
    /// Appends the recorded lines to the chain as late rows. Call it last: from here to the commit every other transaction that appends
    /// waits.
    /// </summary>
    /// <returns>The new head; null when nothing was recorded.</returns>
    internal async Task<AuditHead?> AppendAsync(CancellationToken cancellationToken)
    {
        if (pending.Count == 0)
        {
            return null;
        }

        // The update locks the head row until the commit: of two transactions that append, the second reads the first's hash.
        var head = await RawRow.ReadAsync(
            db,
            """
            UPDATE "AuditHeads" SET "Sequence" = "Sequence" + {0} WHERE "Id" = 1;
            SELECT "Sequence", "Hash" FROM "AuditHeads" WHERE "Id" = 1
            """,
            [pending.Count],
            row => new AuditHead { Id = 1, Sequence = row.GetInt64(0), Hash = row.GetString(1) },
            cancellationToken) ?? throw new InvalidOperationException("The audit chain has no head.");
        head.Sequence -= pending.Count;
        foreach (var line in pending)
        {
            head.Hash = Append(++head.Sequence, head.Hash, line);
        }

        pending.Clear();
        return head;
    }

    internal void Clear() => pending.Clear();

    private string Append(long sequence, string previousHash, Line line)
    {
        var hash = AuditHash.Of(
            sequence, line.At, line.ActorId, line.Action, line.SubjectKind, line.SubjectId, line.Details, previousHash);
        late.Add(new AuditEntry
        {
            Sequence = sequence,
            At = line.At,
            ActorId = line.ActorId,
            Action = line.Action,
            SubjectKind = line.SubjectKind,
            SubjectId = line.SubjectId,
            Details = line.Details,
            PreviousHash = previousHash,
            Hash = hash,
        });
        return hash;
    }

    private sealed record Line(
        DateTimeOffset At, Guid? ActorId, string Action, string SubjectKind, string SubjectId, string Details);
}
