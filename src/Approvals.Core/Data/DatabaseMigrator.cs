using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Data;

/// <summary>Brings the database to the model of this version at start-up.</summary>
public sealed class DatabaseMigrator(IServiceScopeFactory scopes, IOptions<DataOptions> options, ILogger<DatabaseMigrator> log)
{
    /// <summary>Applies the pending migrations. Safe to call from several processes at once.</summary>
    public Task MigrateAsync(CancellationToken cancellationToken) => MigrateAsync(() => Task.CompletedTask, cancellationToken);

    /// <summary>
    /// Applies the pending migrations and lets the caller write what every database holds, while no other process does either.
    /// </summary>
    public async Task MigrateAsync(Func<Task> seed, CancellationToken cancellationToken)
    {
        MakeFolders();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ApprovalsDbContext>();
        using var guard = await TakeFileLockAsync(db, cancellationToken);
        await using var turn = await StartTurn.TakeAsync(db, cancellationToken);
        var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count > 0)
        {
            if (guard is not null)
            {
                await RemoveStaleLockAsync(db, cancellationToken);
            }

            log.LogInformation("Applying {Count} migrations", pending.Count);
            await using var transaction = await MigrationTurn.TakeAsync(db, log, cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
            if (transaction is not null)
                await transaction.CommitAsync(cancellationToken);
        }

        await seed();
    }

    /// <summary>
    /// Attachments, mails and the SQLite database are closed to other users of the machine. Where an operator opened the folder on purpose
    /// it stays so, and the log says it at each start.
    /// </summary>
    private void MakeFolders()
    {
        var data = options.Value.Folder;
        string[] folders = [data, options.Value.FilesFolder, options.Value.MailFolder];
        foreach (var folder in folders)
            PrivateFolder.Create(folder);

        // Behind a closed folder it does not matter how those in it are.
        if (PrivateFolder.IsOpen(data))
        {
            log.LogWarning(
                "Open to other users of this machine: {Folders}; chmod 700 closes them", string.Join(", ", folders.Where(PrivateFolder.IsOpen)));
        }
    }

    /// <summary>
    /// SQLite only: the file lock ends with the process, whatever happens to it. The others have <see cref="StartTurn"/>.
    /// </summary>
    private async Task<FileStream?> TakeFileLockAsync(ApprovalsDbContext db, CancellationToken cancellationToken)
    {
        if (db.Database.ProviderName?.EndsWith(".Sqlite", StringComparison.Ordinal) != true)
        {
            return null;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            try
            {
                return new FileStream(
                    Path.Combine(options.Value.Folder, "migration.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (!cancellationToken.IsCancellationRequested)
            {
                // Another process is migrating this database; its lock ends with it.
                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }
    }

    /// <summary>
    /// EF's migration lock in SQLite is a row, and a killed process leaves it behind, after which every later migration waits for ever.
    /// We hold the file lock, so nobody is migrating and the row is stale.
    /// </summary>
    private static async Task RemoveStaleLockAsync(ApprovalsDbContext db, CancellationToken cancellationToken)
    {
        // Only when the file exists: opening a missing one would make it, without the write-ahead log that EF switches on.
        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync(cancellationToken))
        {
            await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
        }
    }
}
