using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Approvals.Core.Tests.SqlServer.Twin;

/// <summary>Saves what a context saves on SQL Server's double as well: the same rows, states, values and changed columns.</summary>
internal sealed class TwinSaves : SaveChangesInterceptor
{
    private static readonly ConcurrentDictionary<string, bool> Known = new();

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Repeat(eventData.Context!, CallSite.Current());
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Repeat(eventData.Context!, CallSite.Current());
        return ValueTask.FromResult(result);
    }

    private static void Repeat(DbContext source, string? site)
    {
        if (site is not null)
            SqlServerTwin.Taken.AddSite(site);
        var changed = source.ChangeTracker.Entries()
            .Where(one => one.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList();
        if (changed.Count == 0 || !Known.TryAdd(ShapeOf(changed), true))
            return;
        using var db = SqlServerTwin.Open(out var server, ServerDouble.OneEach);
        try
        {
            foreach (var entry in changed)
                Copy(entry, db);
            db.SaveChanges();
        }
        catch (Exception fault)
        {
            SqlServerTwin.Taken.AddFailure($"{site}: {fault}");
        }

        foreach (var command in server.Sent)
            SqlServerTwin.Taken.Add(command, "save", site);
    }

    /// <summary>What the text of the commands depends on: kinds of rows, how many, and which columns.</summary>
    private static string ShapeOf(IEnumerable<EntityEntry> changed) => string.Join('\n', changed
        .Select(one => $"{one.Metadata.Name} {one.State} {Columns(one)}")
        .GroupBy(one => one).Select(group => $"{Math.Min(group.Count(), 5)} {group.Key}").Order(StringComparer.Ordinal));

    private static string Columns(EntityEntry entry) => entry.State != EntityState.Modified
        ? ""
        : string.Join(',', entry.Properties.Where(one => one.IsModified).Select(one => one.Metadata.Name));

    private static void Copy(EntityEntry entry, DbContext db)
    {
        var copy = db.Entry(RuntimeHelpers.GetUninitializedObject(entry.Metadata.ClrType));
        foreach (var property in entry.Properties)
            copy.Property(property.Metadata.Name).CurrentValue = property.CurrentValue;
        copy.State = entry.State;
        if (entry.State == EntityState.Added)
            return;
        foreach (var property in entry.Properties.Where(one => !one.Metadata.IsPrimaryKey()))
        {
            copy.Property(property.Metadata.Name).OriginalValue = property.OriginalValue;
            if (entry.State == EntityState.Modified)
                copy.Property(property.Metadata.Name).IsModified = property.IsModified;
        }
    }
}
