using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Notifications;

/// <summary>Whoever has opened what a message leads to has read the message. Scoped.</summary>
public sealed class ReadMessages(ApprovalsDbContext db, CurrentPerson person, TimeProvider time)
{
    /// <summary>Marks the unread messages of the signed-in person that lead to one of these pages.</summary>
    /// <param name="links">Paths of ours as <see cref="Notification.Link"/> holds them.</param>
    public async Task OpenedAsync(IReadOnlyList<string> links, CancellationToken cancellationToken)
    {
        var unread = db.Notifications.Where(row => row.PersonId == person.RequiredId && row.ReadAt == null && links.Contains(row.Link!));

        // Looked for first: a page that is only read must not take the turn to write.
        if (!await unread.AnyAsync(cancellationToken))
            return;
        DateTimeOffset? now = time.GetUtcNow();

        // The guard on unread closes the race of two pages opened at once: the first reading stays.
        await unread.ExecuteUpdateAsync(set => set.SetProperty(row => row.ReadAt, now), cancellationToken);
    }
}
