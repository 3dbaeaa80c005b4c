using System.Data;
using System.Data.Common;
using Approvals.Core.Data;
using Approvals.Core.Tests.Databases;
using Approvals.Data.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Approvals.Core.Tests.SqlServer;

/// <summary>Runs LINQ against SQL Server's provider without a server: commands are written down and answered with nothing.</summary>
internal sealed class CapturedCommands : DbCommandInterceptor
{
    private readonly List<string> procedures = [];

    /// <summary>Every command so far as a procedure with the command's parameters.</summary>
    public IReadOnlyList<string> Procedures => procedures;

    /// <summary>A context that talks to nobody; without transactions, which only a server could begin.</summary>
    public ApprovalsDbContext Open()
    {
        var db = Offline.Open(SqlServerDatabase.Name, options => options.AddInterceptors(this, new NoConnection()));
        db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        return db;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        Capture(command);
        return ValueTask.FromResult(InterceptionResult<DbDataReader>.SuppressWithResult(new DataTable().CreateDataReader()));
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Capture(command);
        return ValueTask.FromResult(InterceptionResult<int>.SuppressWithResult(1));
    }

    private void Capture(DbCommand command)
    {
        var parameters = command.Parameters.Cast<Microsoft.Data.SqlClient.SqlParameter>().Select(Declare).ToList();
        procedures.Add(
            $"CREATE PROCEDURE [p{procedures.Count}] {string.Join(", ", parameters)} AS\n{command.CommandText}");
    }

    private static string Declare(Microsoft.Data.SqlClient.SqlParameter parameter)
    {
        var name = parameter.ParameterName.StartsWith('@') ? parameter.ParameterName : "@" + parameter.ParameterName;
        var length = parameter.Size is > 0 and <= 4000 ? $"({parameter.Size})" : "(max)";
        return parameter.SqlDbType switch
        {
            SqlDbType.NVarChar or SqlDbType.VarChar or SqlDbType.VarBinary => $"{name} {parameter.SqlDbType}{length}",
            SqlDbType.Decimal => $"{name} decimal(18, 2)",
            _ => $"{name} {parameter.SqlDbType}",
        };
    }

    private sealed class NoConnection : DbConnectionInterceptor
    {
        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result,
            CancellationToken cancellationToken = default) => ValueTask.FromResult(InterceptionResult.Suppress());

        public override ValueTask<InterceptionResult> ConnectionClosingAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
            ValueTask.FromResult(InterceptionResult.Suppress());
    }
}
