using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Approvals.Benchmarks.Product;

/// <summary>Fills the inbox of a product that is not running.</summary>
internal static class TaskRowsOfOthers
{
    /// <summary>Adds tasks: every <paramref name="people"/>th is the named person's, the others' assignees are made up.</summary>
    public static async Task FillAsync(string folder, string userName, int open, int done, int people)
    {
        await using var connection = Connect(folder);
        await connection.OpenAsync();
        var me = await ScalarAsync(connection, """SELECT "PersonId" FROM "Accounts" WHERE "UserName" = $name""", ("$name", userName));
        await using var transaction = await connection.BeginTransactionAsync();
        await InsertAsync(connection, (byte[])me!, open, people, isOpen: true);
        await InsertAsync(connection, (byte[])me!, done, people, isOpen: false);
        await transaction.CommitAsync();
        await ScalarAsync(connection, "ANALYZE");
    }

    /// <summary>A connection to a product's database.</summary>
    public static SqliteConnection Connect(string folder) => new($"Data Source={Path.Combine(folder, "approvals.db")};Foreign Keys=False;Pooling=False");

    /// <summary>Runs a statement and gives its first value.</summary>
    public static async Task<object?> ScalarAsync(SqliteConnection connection, string sql, params (string Name, object Value)[] values)
    {
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 600;
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        return await command.ExecuteScalarAsync();
    }

    private static Task InsertAsync(SqliteConnection connection, byte[] me, int rows, int people, bool isOpen) => ScalarAsync(
        connection,
        $"""
        INSERT INTO "Tasks" ("Id","StepRunId","CaseId","AssigneeId","State","Order","SubjectName","CaseNumber","ProcessKey","ProcessName",
          "StepName","UnitName","FromName","FailedFindings","ArrivedAt","DueAt","SortDue","ClosedAt","DecidedById","DecidedAs")
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $rows),
          t AS (SELECT i, upper(hex(randomblob(16))) AS h,
            CASE WHEN i % $people = 0 THEN $me ELSE unhex(printf('00000000000070008000%012X', i % $people)) END AS who,
            $now - i * 600000000 AS at FROM n)
        SELECT unhex(substr(h,1,12)||'7'||substr(h,14,3)||'8'||substr(h,18,15)),
          unhex(printf('00000000000070009000%012X', i)), unhex(printf('0000000000007000A000%012X', i)), who,
          {(isOpen ? "'Open'" : "'Done'")}, 0, '申请人' || i, 'JZPR-2026-' || i, 'commander-appointment', '技术指挥官聘任', '救援协调处审查',
          '江州化工集团有限公司', '陈桂花', i % 3, at, CASE WHEN i % 2 = 0 THEN at + 3000000000000 END,
          CASE WHEN i % 2 = 0 THEN at + 3000000000000 ELSE {DateTime.MaxValue.Ticks.ToString(CultureInfo.InvariantCulture)} END,
          {(isOpen ? "NULL, NULL, NULL" : "at + 600000000, who, '同意'")}
        FROM t
        """,
        ("$rows", rows), ("$people", people), ("$me", me), ("$now", TimeProvider.System.GetUtcNow().UtcTicks));
}
