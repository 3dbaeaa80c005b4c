using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Draws;
using Approvals.Core.Inbox;
using Approvals.Core.Missions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Approvals.Core.Data;

/// <summary>What must hold for every save: records are never rewritten, and concurrency tokens always rise.</summary>
public sealed class SaveGuards : SaveChangesInterceptor
{
    private const string Token = "RowVersion";

    /// <inheritdoc />
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Guard(eventData.Context!);
        return result;
    }

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Guard(eventData.Context!);
        return ValueTask.FromResult(result);
    }

    private static void Guard(DbContext context)
    {
        foreach (var entry in context.ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Modified or EntityState.Deleted
                && entry.Entity is AuditEntry or Decision or CaseEvent or CaseComment or EventLogEntry
                or DrawRecord or DrawRefusal)
            {
                throw new InvalidOperationException($"{entry.Metadata.ClrType.Name} is append-only.");
            }

            if (entry.State == EntityState.Modified)
            {
                Raise(entry);
            }
        }
    }

    /// <summary>Nobody can forget to raise the token; who raised it already is left alone.</summary>
    private static void Raise(EntityEntry entry)
    {
        if (entry.Metadata.FindProperty(Token) is { IsConcurrencyToken: true } property
            && entry.Property(property) is { IsModified: false } token)
        {
            token.CurrentValue = (int)token.OriginalValue! + 1;
        }
    }
}
