using Approvals.Proof.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Approvals.Proof.Tests;

/// <summary>
/// A backup taken while people work, in the order docs/operations.md gives (checkpoints, database, files), is whole once restored, and
/// its cases go on.
/// </summary>
public sealed class BackupTests
{
    [Theory, InlineData("Sqlite"), InlineData("PostgreSql")]
    public async Task A_backup_taken_under_load_is_whole_when_restored_and_its_cases_go_on(string provider)
    {
        await using var bureau = await Bureau.OpenAsync(provider, pays: Place.IsProving || provider == "PostgreSql");
        await using var node = await bureau.Start().ReadyAsync();
        await bureau.InviteAsync("liuzhiqiang", "wangqiang");
        var restored = Directory.CreateTempSubdirectory("approvals-restored-").FullName;
        string connection;
        int cases;
        await using (var traffic = new Traffic(bureau))
        {
            traffic.GoTo(node);
            await traffic.MoreAsync(Place.IsProving ? 200 : 5);
            await bureau.MoneyFlowsAsync();
            Copy(bureau.Folder, restored, "audit-checkpoints");
            Copy(bureau.Folder, restored, "keys");
            cases = traffic.Submitted.Count;
            connection = await CopyDatabaseAsync(bureau, restored);
            Copy(bureau.Folder, restored, "files");
            Copy(bureau.Folder, restored, "workflows");
            await traffic.MoreAsync(2);
        }

        await node.KillAsync();
        var (first, folder) = (bureau.Connection, bureau.Folder);
        await bureau.MoveToAsync(connection, restored);
        await bureau.WholeAsync("the restore");
        TestContext.Current.SendDiagnosticMessage("restored: {0}", await bureau.SubstanceAsync());
        Assert.True(await bureau.DatabaseAsync(db => db.Cases.CountAsync(row => row.Number != null)) >= cases);
        await bureau.LeasesRunOutAsync();
        await using (var again = await bureau.Start().ReadyAsync())
        {
            await using var traffic = new Traffic(bureau, handsIn: false);
            traffic.GoTo(again);
            await bureau.FinishedAsync();
        }

        await bureau.WholeAsync("the restored cases were finished");
        await bureau.SubstanceAsync();
        if (provider != "Sqlite")
            await Server.DropAsync(first);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> CopyDatabaseAsync(Bureau bureau, string folder)
    {
        if (bureau.Provider == "Sqlite")
        {
            var copy = Path.Combine(folder, "approvals.db");
            await bureau.DatabaseAsync(db => db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}"));
            return $"Data Source={copy}";
        }

        var dump = Path.Combine(folder, "approvals.dump");
        await Server.RunAsync("pg_dump", bureau.Connection, "--format=custom", $"--file={dump}");
        var connection = await Server.NewDatabaseAsync(new NpgsqlConnectionStringBuilder(bureau.Connection) { Database = "postgres" }.ToString());
        await Server.RunAsync("pg_restore", connection, "--no-owner", "--exit-on-error", dump);
        return connection;
    }

    private static void Copy(string from, string to, string name)
    {
        var source = Path.Combine(from, name);
        if (!Directory.Exists(source))
            return;
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            try
            {
                File.Copy(file, target);
            }
            catch (FileNotFoundException) when (file.EndsWith(".tmp", StringComparison.Ordinal))
            {
                // A content that was being written; it has its own name by now, and no row of the backup names it.
            }
        }
    }
}
