using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Approvals.Core.Data;

/// <summary>
/// Reads one row of plain values with a command written by hand. EF looks a query with SQL of its own up and builds its text again each
/// time, which costs more than these commands themselves; its interceptors see this one as well.
/// </summary>
internal static class RawRow
{
    /// <summary>Sends the command in the running transaction and reads its first row.</summary>
    /// <param name="db">Whose connection.</param>
    /// <param name="sql">Statements with {0}, {1} … for the values; only the last may answer.</param>
    /// <param name="values">Values as the database stores them, see <see cref="Stored"/>.</param>
    /// <param name="read">Makes the result of the row.</param>
    /// <param name="cancellationToken">Stops before the command is sent.</param>
    /// <returns>What <paramref name="read"/> made; the default when there is no row.</returns>
    public static async Task<T?> ReadAsync<T>(
        ApprovalsDbContext db, string sql, object[] values, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        var command = db.GetService<IRawSqlCommandBuilder>().Build(sql, values, db.Model);
        await using var reader = await command.RelationalCommand.ExecuteReaderAsync(
            new RelationalCommandParameterObject(
                db.GetService<IRelationalConnection>(), command.ParameterValues, null, db,
                db.GetService<IRelationalCommandDiagnosticsLogger>(), CommandSource.FromSqlQuery),
            cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? read(reader.DbDataReader) : default;
    }

    /// <summary>An instant as the column of an entity keeps it: SQLite as ticks, the others as instants in UTC.</summary>
    public static object Stored<T>(ApprovalsDbContext db, string property, DateTimeOffset instant) =>
        ConverterOf<T>(db, property)?.ConvertToProvider(instant) ?? instant;

    /// <summary>The instant that <see cref="Stored"/> has made the value of.</summary>
    public static DateTimeOffset Instant<T>(ApprovalsDbContext db, string property, DbDataReader row, int column) =>
        ConverterOf<T>(db, property) is { } converter && converter.ProviderClrType == typeof(long)
            ? (DateTimeOffset)converter.ConvertFromProvider(row.GetInt64(column))!
            : row.GetFieldValue<DateTimeOffset>(column);

    private static ValueConverter? ConverterOf<T>(ApprovalsDbContext db, string property) =>
        db.Model.FindEntityType(typeof(T))!.FindProperty(property)!.GetTypeMapping().Converter;
}
