using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace Approvals.Data.Sqlite;

/// <summary>Makes EF's commands run on <see cref="PreparedStatements"/>.</summary>
internal sealed class PreparedCommands(RelationalCommandBuilderDependencies dependencies) : RelationalCommandBuilderFactory(dependencies)
{
    /// <inheritdoc />
    public override IRelationalCommandBuilder Create() => new Builder(Dependencies);

    private sealed class Builder(RelationalCommandBuilderDependencies dependencies) : RelationalCommandBuilder(dependencies)
    {
        public override IRelationalCommand Build()
        {
            var built = base.Build();
            return new Command(Dependencies, built.CommandText, built.LogCommandText, built.Parameters);
        }
    }

    private sealed class Command(
        RelationalCommandBuilderDependencies dependencies, string text, string logText, IReadOnlyList<IRelationalParameter> parameters)
        : RelationalCommand(dependencies, text, logText, parameters)
    {
        public override DbCommand CreateDbCommand(RelationalCommandParameterObject values, Guid commandId, DbCommandMethod method)
        {
            if (values.Connection.DbConnection is not SqliteConnection { State: System.Data.ConnectionState.Open } connection)
                return base.CreateDbCommand(values, commandId, method);
            var command = PreparedStatements.Take(connection, CommandText);
            command.Transaction = (SqliteTransaction?)values.Connection.CurrentTransaction?.GetDbTransaction();
            if (values.Connection.CommandTimeout is { } timeout)
                command.CommandTimeout = timeout;
            foreach (var parameter in Parameters)
                parameter.AddDbParameter(command, values.ParameterValues);
            return command;
        }
    }
}
