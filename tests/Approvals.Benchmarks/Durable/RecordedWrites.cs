using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Approvals.Benchmarks.Durable;

/// <summary>A statement that changes rows, with its values.</summary>
internal sealed record Write(string Sql, IReadOnlyList<(string Name, object? Value)> Values);

/// <summary>
/// Listens to a kernel and keeps the writes of each transaction, so that exactly the same rows can be written again without it
/// by plain ADO.NET, on a copy of the database.
/// </summary>
internal sealed class RecordedWrites : DbCommandInterceptor, IDbTransactionInterceptor
{
    private List<Write> _running = [];

    /// <summary>The committed transactions, oldest first; those that wrote nothing are left out.</summary>
    public List<IReadOnlyList<Write>> Transactions { get; } = [];

    /// <summary>Commands sent so far, reads as well as writes.</summary>
    public int Commands { get; private set; }

    /// <summary>Statements in them that read.</summary>
    public int Reads { get; private set; }

    /// <summary>Statements in them that change rows.</summary>
    public int Writes { get; private set; }

    /// <summary>Transactions committed so far.</summary>
    public int Commits { get; private set; }

    /// <summary>Writes a transaction again on SQLite.</summary>
    public static void Replay(string database, IReadOnlyList<Write> writes) =>
        Replay(new SqliteConnection($"Data Source={database};Foreign Keys=True"), writes);

    /// <summary>Writes a transaction again: one pooled connection, one command a statement, one commit.</summary>
    public static void Replay(DbConnection connection, IReadOnlyList<Write> writes)
    {
        using var closed = connection;
        connection.Open();
        using var transaction = connection.BeginTransaction();
        foreach (var write in writes)
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = write.Sql;
            foreach (var (name, value) in write.Values)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.Value = value ?? DBNull.Value;
                command.Parameters.Add(parameter);
            }

            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        Record(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result,
        CancellationToken cancellationToken = default)
    {
        Record(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result,
        CancellationToken cancellationToken = default)
    {
        Record(command);
        return ValueTask.FromResult(result);
    }

    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Commits++;
        if (_running.Count > 0)
            Transactions.Add(_running);
        _running = [];
        return Task.CompletedTask;
    }

    private void Record(DbCommand command)
    {
        Commands++;

        // A command may carry several statements; values are parameters, so a semicolon ends one.
        const StringSplitOptions parts = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        foreach (var statement in command.CommandText.Split(';', parts))
        {
            if (Changes(statement))
                Writes++;
            else
                Reads++;
        }

        if (command.Transaction is null || !Changes(command.CommandText))
            return;
        _running.Add(new Write(
            command.CommandText,
            [.. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))]));
    }

    private static bool Changes(string sql) => sql.AsSpan().TrimStart() is var text
        && (text.StartsWith("INSERT", StringComparison.Ordinal) || text.StartsWith("UPDATE", StringComparison.Ordinal)
            || text.StartsWith("DELETE", StringComparison.Ordinal));
}
