using Microsoft.Data.Sqlite;

namespace Approvals.Benchmarks.Inbox;

/// <summary>
/// Fills a database with cases and their tasks by plain SQL, ten tasks a case, spread evenly over three hundred people. One of them
/// is the person whose inbox is read.
/// </summary>
internal static class ManyTasks
{
    private const int People = 300;

    private const string Insert = """
        INSERT INTO "Cases" ("Id", "Number", "ProcessKey", "ProcessName", "DefinitionVersionId", "SubjectName", "StarterId",
            "ApplicantId", "Status", "Data", "DataVersion", "HasDecision", "CreatedAt", "UpdatedAt", "RowVersion")
        WITH RECURSIVE one(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM one WHERE n + 1 < $cases)
        SELECT printf('%08X-0001-7000-8000-000000000000', n), printf('PL-2026-%06d', n), 'bench', '技术指挥官聘任', 'bench', '申请人' || n,
            printf('%08X-0000-7000-8000-000000000000', n % $people), printf('%08X-0000-7000-8000-000000000000', n % $people),
            'Running', '{}', 0, 0, $now - n * 10000000, $now, 0
        FROM one;

        INSERT INTO "StepRuns" ("Id", "CaseId", "InstanceId", "BookmarkId", "ActivityId", "StepName", "Kind", "Mode",
            "ThresholdPercent", "FormKey", "RightsKey", "Options", "Round", "Status", "Resolution", "OpenedAt")
        SELECT replace("Id", '-0001-', '-0002-'), "Id", replace("Id", '-0001-', '-0003-'), replace("Id", '-0001-', '-0004-'),
            'head', '处长审批', 'Approval', 'All', 100, 'application', 'head', '{}', 1, 'Open', '{}', "CreatedAt"
        FROM "Cases" WHERE "ProcessKey" = 'bench';

        INSERT INTO "Tasks" ("Id", "StepRunId", "CaseId", "AssigneeId", "State", "Order", "SubjectName", "CaseNumber", "ProcessKey",
            "ProcessName", "StepName", "UnitId", "UnitName", "FromName", "FailedFindings", "ArrivedAt", "DueAt", "SortDue", "ClosedAt",
            "DecidedById", "DecidedAs")
        WITH RECURSIVE one(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM one WHERE n + 1 < $open + $done),
        task(n, person, is_open, due) AS (
            SELECT n, CASE WHEN n % $people = 0 THEN $me ELSE printf('%08X-0000-7000-8000-000000000000', n % $people) END,
                (n / $people) % (($open + $done) / $open) = 0, $now + (n * 7919 % 1000 - 100) * 36000000000
            FROM one)
        SELECT printf('%08X-0005-7000-8000-000000000000', n), printf('%08X-0002-7000-8000-000000000000', n / 10),
            printf('%08X-0001-7000-8000-000000000000', n / 10), person, CASE WHEN is_open THEN 'Open' ELSE 'Done' END, 0,
            '申请人' || (n / 10), printf('PL-2026-%06d', n / 10), 'bench', '技术指挥官聘任', '处长审批',
            printf('%08X-0006-7000-8000-000000000000', n % 17), '江州企业' || (n % 17), '陈桂花', n % 3, $now - n * 10000000, due, due,
            CASE WHEN is_open THEN NULL ELSE $now - n * 10000000 END, CASE WHEN is_open THEN NULL ELSE person END,
            CASE WHEN is_open THEN NULL ELSE '同意' END
        FROM task;
        """;

    /// <summary>Writes so many open and done tasks in one transaction; the indexes on tasks are made anew at the end.</summary>
    public static void Write(string database, Guid me, int open, int done)
    {
        using var connection = new SqliteConnection($"Data Source={database};Foreign Keys=False;Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA busy_timeout = 60000; PRAGMA cache_size = -200000; PRAGMA synchronous = OFF");
        var indexes = Indexes(connection);
        using var transaction = connection.BeginTransaction();
        foreach (var (name, _) in indexes)
            Execute(connection, $"DROP INDEX \"{name}\"");
        Execute(
            connection, Insert,
            ("$people", People), ("$cases", (open + done) / 10), ("$open", open), ("$done", done),
            ("$now", TimeProvider.System.GetUtcNow().UtcTicks), ("$me", me.ToString().ToUpperInvariant()));
        foreach (var (_, sql) in indexes)
            Execute(connection, sql);
        transaction.Commit();
        Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static List<(string Name, string Sql)> Indexes(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'Tasks' AND sql IS NOT NULL";
        using var reader = command.ExecuteReader();
        var indexes = new List<(string, string)>();
        while (reader.Read())
            indexes.Add((reader.GetString(0), reader.GetString(1)));
        return indexes;
    }

    private static void Execute(SqliteConnection connection, string sql, params (string Name, object Value)[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 600;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }
}
