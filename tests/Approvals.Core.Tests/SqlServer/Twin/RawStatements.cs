using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Approvals.Core.Tests.SqlServer.Twin;

/// <summary>Takes down what is written by hand, as it goes to SQLite.</summary>
internal sealed partial class RawStatements : DbCommandInterceptor
{
    private static readonly ConcurrentDictionary<string, bool> Known = new();

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Take(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(ReaderExecuting(command, eventData, result));

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Take(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(NonQueryExecuting(command, eventData, result));

    public override InterceptionResult<object> ScalarExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        Take(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result,
        CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(ScalarExecuting(command, eventData, result));

    private static void Take(DbCommand command, CommandEventData eventData)
    {
        if (eventData.CommandSource is CommandSource.LinqQuery or CommandSource.SaveChanges or CommandSource.ExecuteUpdate
            or CommandSource.ExecuteDelete or CommandSource.Migrations)
        {
            return;
        }

        // A test that tampers with the database speaks to SQLite alone.
        if (CallSite.Current() is not { } site)
            return;
        SqlServerTwin.Taken.AddSite(site);

        // Rows beside the first, and how many values stand before one, make no other statement.
        if (!Known.TryAdd(Varying().Replace(command.CommandText, "#"), true))
            return;

        // Only the names are judged by these: the types are those of SqlServerStatementTests, which sends the same from SQL Server's side.
        var parameters = command.Parameters.Cast<DbParameter>().Select(one => "@" + one.ParameterName.TrimStart('@') + " nvarchar(4000)");
        SqlServerTwin.Taken.Add(new SentCommand(command.CommandText, string.Join(", ", parameters)), "raw", site);
    }

    [GeneratedRegex(@"(\((@r\d+(, )?)+\),?\s*)+|@r\d+")]
    private static partial Regex Varying();
}
