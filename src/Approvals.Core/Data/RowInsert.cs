using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Approvals.Core.Data;

/// <summary>
/// Inserts rows that nobody reads back in this unit of work — many to a statement, past the change tracker. EF sends SQLite a
/// statement for each row; columns, names and conversions still come from the model.
/// </summary>
internal static class RowInsert
{
    /// <summary>SQL Server takes 2,100 parameters in a statement.</summary>
    private const int MaxParameters = 2000;

    /// <summary>Inserts the rows at once, in the running transaction.</summary>
    /// <exception cref="DbException">A row breaks a rule of the table.</exception>
    public static async Task AllAsync<T>(ApprovalsDbContext db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class
    {
        if (rows.Count == 0)
            return;
        var table = Table.Of(db, typeof(T));
        var most = MaxParameters / table.Columns.Length;
        using var factory = db.Database.GetDbConnection().CreateCommand();
        for (var first = 0; first < rows.Count; first += most)
        {
            var count = Math.Min(most, rows.Count - first);
            var parameters = new object[count * table.Columns.Length];
            for (var i = 0; i < parameters.Length; i++)
            {
                var column = table.Columns[i % table.Columns.Length];
                var value = column.Property.GetGetter().GetClrValue(rows[first + i / table.Columns.Length]);
                parameters[i] = column.Mapping.CreateParameter(factory, Name(i), value, column.Property.IsNullable);
            }

            await db.Database.ExecuteSqlRawAsync(table.Statement(count), parameters, cancellationToken);
        }
    }

    private static string Name(int index) => $"@r{index}";

    private sealed record Column(IProperty Property, RelationalTypeMapping Mapping);

    private sealed record Table(string Head, Column[] Columns)
    {
        private const string Annotation = "Approvals:RowInsert";

        /// <summary>Read from the model once and kept with it.</summary>
        public static Table Of(ApprovalsDbContext db, Type type) =>
            db.Model.FindEntityType(type)!.GetOrAddRuntimeAnnotationValue(
                Annotation, static arguments => Read(arguments.Db, arguments.Type), (Db: db, Type: type));

        /// <summary>The statement for so many rows.</summary>
        public string Statement(int rows)
        {
            var sql = new StringBuilder(Head);
            for (var i = 0; i < rows * Columns.Length; i++)
            {
                var isFirst = i % Columns.Length == 0;
                sql.Append(isFirst ? i == 0 ? "(" : ", (" : ", ").Append(Name(i));
                if (i % Columns.Length == Columns.Length - 1)
                    sql.Append(')');
            }

            return sql.ToString();
        }

        private static Table Read(ApprovalsDbContext db, Type type)
        {
            var entity = db.Model.FindEntityType(type)!;
            var names = db.GetService<ISqlGenerationHelper>();
            var table = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
            var columns = entity.GetProperties()
                .Select(property => new Column(property, property.GetRelationalTypeMapping())).ToArray();
            var list = string.Join(", ", columns.Select(column => names.DelimitIdentifier(column.Property.GetColumnName(table)!)));
            return new Table($"INSERT INTO {names.DelimitIdentifier(table.Name, table.Schema)} ({list}) VALUES ", columns);
        }
    }
}
