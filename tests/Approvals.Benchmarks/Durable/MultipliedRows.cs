using Microsoft.Data.Sqlite;

namespace Approvals.Benchmarks.Durable;

/// <summary>Makes many rows of one, on SQLite: the copies differ in the ids that are named, in their columns and within their JSON.</summary>
internal static class MultipliedRows
{
    /// <summary>Copies the rows of a table that carry an id.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="table">Table.</param>
    /// <param name="where">Which rows, e.g. <c>"Id" = X'01…'</c>.</param>
    /// <param name="first">Number of the first copy.</param>
    /// <param name="count">How many copies.</param>
    /// <param name="ids">Ids to replace, wherever they stand, each with a prefix of eight letters that the copies' ids begin with.</param>
    /// <param name="also">Other columns with an expression for their value, in which <c>n</c> is the number of the copy.</param>
    public static async Task AddAsync(
        SqliteConnection connection, string table, string where, int first, int count, IReadOnlyDictionary<Guid, string> ids,
        params (string Column, string Expression)[] also)
    {
        var columns = new List<string>();
        await using (var info = connection.CreateCommand())
        {
            info.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
            await using var reader = await info.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                columns.Add(reader.GetString(0));
        }

        var values = columns.Select(column => also.FirstOrDefault(one => one.Column == column).Expression ?? Value(column, ids));
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 600;
        command.CommandText = $"""
            INSERT INTO "{table}" ({string.Join(", ", columns.Select(column => $"\"{column}\""))})
            WITH RECURSIVE numbers(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {first + count})
            SELECT {string.Join(", ", values)} FROM numbers CROSS JOIN (SELECT * FROM "{table}" WHERE {where}) AS t
            """;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>An id as SQLite's columns hold it, as a literal.</summary>
    public static string Literal(Guid id) => $"X'{id:N}'";

    /// <summary>A column of the copy: its own ids are bytes, those within a JSON are texts.</summary>
    private static string Value(string column, IReadOnlyDictionary<Guid, string> ids)
    {
        if (ids.Count == 0)
            return $"t.\"{column}\"";
        var bytes = string.Concat(ids.Select(id => $" WHEN t.\"{column}\" = {Literal(id.Key)} THEN unhex('{id.Value}00007000' || '8000' || printf('%012X', n))"));
        var text = ids.Aggregate(
            $"t.\"{column}\"",
            (text, id) => $"replace({text}, '{id.Key}', lower('{id.Value}') || '-0000-7000-8000-' || lower(printf('%012X', n)))");
        return $"CASE{bytes} WHEN typeof(t.\"{column}\") = 'text' THEN {text} ELSE t.\"{column}\" END";
    }
}
