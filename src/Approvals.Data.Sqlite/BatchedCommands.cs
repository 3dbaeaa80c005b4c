using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;

namespace Approvals.Data.Sqlite;

/// <summary>
/// Lets a save send its rows in one command, as the other providers do. EF's own factory for SQLite makes a command for each row, and
/// most of a row's cost is the command around it.
/// </summary>
internal sealed class BatchedCommands(ModificationCommandBatchFactoryDependencies dependencies) : IModificationCommandBatchFactory
{
    /// <summary>
    /// Each statement is prepared from the rest of the command's text, which SQLite copies every time: the bound keeps a save of many rows
    /// from becoming quadratic.
    /// </summary>
    private const int MaxRows = 40;

    /// <inheritdoc />
    public ModificationCommandBatch Create() => new Batch(dependencies);

    /// <summary>
    /// SQLite runs a statement only when the reader comes to it. EF's own batch closes the reader behind the last statement that answers,
    /// and what lies behind it would be run by the closing, which swallows what goes wrong. Here the reader is always read to its end.
    /// </summary>
    private sealed class Batch(ModificationCommandBatchFactoryDependencies dependencies)
        : AffectedCountModificationCommandBatch(dependencies, MaxRows)
    {
        protected override void Consume(RelationalDataReader reader)
        {
            for (var command = 0; command < ModificationCommands.Count; command++)
            {
                if (!ResultSetMappings[command].HasFlag(ResultSetMapping.HasResultRow))
                    continue;
                command = ResultSetMappings[command].HasFlag(ResultSetMapping.ResultSetWithRowsAffectedOnly)
                    ? ConsumeResultSetWithRowsAffectedOnly(command, reader)
                    : ConsumeResultSet(command, reader);
                reader.DbDataReader.NextResult();
            }

            while (reader.DbDataReader.NextResult())
            {
            }
        }

        protected override async Task ConsumeAsync(RelationalDataReader reader, CancellationToken cancellationToken)
        {
            for (var command = 0; command < ModificationCommands.Count; command++)
            {
                if (!ResultSetMappings[command].HasFlag(ResultSetMapping.HasResultRow))
                    continue;
                command = ResultSetMappings[command].HasFlag(ResultSetMapping.ResultSetWithRowsAffectedOnly)
                    ? await ConsumeResultSetWithRowsAffectedOnlyAsync(command, reader, cancellationToken)
                    : await ConsumeResultSetAsync(command, reader, cancellationToken);
                await reader.DbDataReader.NextResultAsync(cancellationToken);
            }

            while (await reader.DbDataReader.NextResultAsync(cancellationToken))
            {
            }
        }
    }
}
