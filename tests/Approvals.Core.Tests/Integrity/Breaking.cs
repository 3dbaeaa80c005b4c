using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Tests.Integrity;

/// <summary>Breaks stored records behind the product's back (SQLite only): without its triggers and foreign keys.</summary>
internal static class Breaking
{
    public static async Task<int> RunAsync(DbContext db, string sql)
    {
        var stop = TestContext.Current.CancellationToken;
        await db.Database.OpenConnectionAsync(stop);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = """SELECT coalesce(group_concat('DROP TRIGGER "' || name || '"', '; '), '') FROM sqlite_master WHERE type = 'trigger'""";
        var unguard = await command.ExecuteScalarAsync(stop);
        command.CommandText = $"PRAGMA foreign_keys = OFF; {unguard}; {sql}; PRAGMA foreign_keys = ON";
        return await command.ExecuteNonQueryAsync(stop);
    }
}
