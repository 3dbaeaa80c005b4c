using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;

namespace Approvals.Core.Tests.SqlServer.Twin;

/// <summary>A command as it would have gone to SQL Server.</summary>
/// <param name="Sql">Its text.</param>
/// <param name="Parameters">Its parameters as a procedure declares them, e.g. <c>@id Binary(16)</c>; empty for none.</param>
public sealed record SentCommand(string Sql, string Parameters);

/// <summary>Stands where SQL Server would: writes down what is sent and answers every command in the same way.</summary>
/// <param name="answer">Makes the answer to a command that reads; null answers with nothing.</param>
public sealed class ServerDouble(Func<DbDataReader>? answer = null) : DbConnection
{
    private static readonly DataTable One = MakeOne();

    private readonly List<SentCommand> sent = [];
    private ConnectionState state = ConnectionState.Closed;

    /// <summary>What was sent, in order.</summary>
    public IReadOnlyList<SentCommand> Sent => sent;

    [AllowNull]
    public override string ConnectionString { get; set; } = "Server=double;Database=approvals";

    public override string Database => "approvals";

    public override string DataSource => "double";

    public override string ServerVersion => "16.00.1000";

    public override ConnectionState State => state;

    /// <summary>To every statement of a command: one row, one number, 1. That is what a save takes for "one row was written".</summary>
    public static DbDataReader OneEach() => new DataTableReader(Enumerable.Repeat(One, 100).ToArray());

    public override void Open() => state = ConnectionState.Open;

    public override void Close() => state = ConnectionState.Closed;

    public override void ChangeDatabase(string databaseName)
    {
    }

    internal DbDataReader Send(ServerCommand command)
    {
        var parameters = command.Parameters.Cast<SqlParameter>().ToList();
        var arguments = parameters.Where(one => one.Direction != ParameterDirection.ReturnValue).ToList();
        var sql = command.CommandType == CommandType.StoredProcedure
            ? $"EXEC {command.CommandText} {string.Join(", ", arguments.Select(one => $"{NameOf(one)} = {NameOf(one)}"))}"
            : command.CommandText;
        foreach (var result in parameters.Except(arguments))
            result.Value = 0;
        sent.Add(new SentCommand(sql, string.Join(", ", arguments.Select(Declare))));
        return answer?.Invoke() ?? new DataTable().CreateDataReader();
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => new ServerTransaction(this, isolationLevel);

    protected override DbCommand CreateDbCommand() => new ServerCommand(this);

    private static DataTable MakeOne()
    {
        var table = new DataTable();
        table.Columns.Add("Value", typeof(int));
        table.Rows.Add(1);
        return table;
    }

    private static string NameOf(SqlParameter parameter) => "@" + parameter.ParameterName.TrimStart('@');

    private static string Declare(SqlParameter parameter)
    {
        var name = NameOf(parameter);
        var length = parameter.Size is > 0 and <= 4000 ? $"({parameter.Size})" : "(max)";
        return parameter.SqlDbType switch
        {
            SqlDbType.NVarChar or SqlDbType.VarChar or SqlDbType.VarBinary => $"{name} {parameter.SqlDbType}{length}",
            SqlDbType.NChar or SqlDbType.Char or SqlDbType.Binary => $"{name} {parameter.SqlDbType}({Math.Max(1, parameter.Size)})",
            SqlDbType.Decimal => $"{name} decimal(18, 2)",
            _ => $"{name} {parameter.SqlDbType}",
        };
    }

    private sealed class ServerTransaction(DbConnection connection, IsolationLevel level) : DbTransaction
    {
        public override IsolationLevel IsolationLevel => level;

        protected override DbConnection DbConnection => connection;

        public override void Commit()
        {
        }

        public override void Rollback()
        {
        }
    }
}

/// <summary>A command of <see cref="ServerDouble"/>; its parameters are SQL Server's own.</summary>
internal sealed class ServerCommand(ServerDouble server) : DbCommand
{
    private readonly SqlCommand parameters = new();

    [AllowNull]
    public override string CommandText { get; set; } = "";

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection { get; set; } = server;

    protected override DbParameterCollection DbParameterCollection => parameters.Parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel()
    {
    }

    public override int ExecuteNonQuery()
    {
        server.Send(this).Dispose();
        return 1;
    }

    public override object? ExecuteScalar()
    {
        using var reader = server.Send(this);
        return reader.Read() ? reader.GetValue(0) : null;
    }

    public override void Prepare()
    {
    }

    protected override DbParameter CreateDbParameter() => new SqlParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => server.Send(this);

    protected override void Dispose(bool disposing)
    {
        parameters.Dispose();
        base.Dispose(disposing);
    }
}
