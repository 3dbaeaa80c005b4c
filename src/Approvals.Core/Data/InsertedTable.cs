using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Approvals.Core.Data;

/// <summary>How rows of one entity are inserted by hand: columns, names and conversions come from the model.</summary>
internal sealed class InsertedTable
{
    private const string Annotation = "Approvals:InsertedTable";

    private readonly string _head;

    private InsertedTable(string head, (IProperty, RelationalTypeMapping)[] columns) => (_head, Columns) = (head, columns);

    public (IProperty Property, RelationalTypeMapping Mapping)[] Columns { get; }

    /// <summary>Read from the model once and kept with it.</summary>
    public static InsertedTable Of(ApprovalsDbContext db, Type type) =>
        db.Model.FindEntityType(type)!.GetOrAddRuntimeAnnotationValue(Annotation, static one => Read(one.Db, one.Type), (Db: db, Type: type));

    /// <summary>Appends a row's values to the statement, and before the first row the statement itself.</summary>
    public void Append(StringBuilder sql, bool isFirst, object row, List<object> parameters, DbCommand factory)
    {
        sql.Append(isFirst ? _head : ",\n");
        for (var i = 0; i < Columns.Length; i++)
        {
            var (property, mapping) = Columns[i];
            var name = NameOf(parameters.Count);
            sql.Append(i == 0 ? "(" : ", ").Append(name);
            parameters.Add(mapping.CreateParameter(factory, name, property.GetGetter().GetClrValue(row), property.IsNullable));
        }

        sql.Append(')');
    }

    /// <summary>Name of the command's next value, by how many it has.</summary>
    public static string NameOf(int count) => "@r" + count.ToString(CultureInfo.InvariantCulture);

    private static InsertedTable Read(ApprovalsDbContext db, Type type)
    {
        var entity = db.Model.FindEntityType(type)!;
        var names = db.GetService<ISqlGenerationHelper>();
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
        var columns = entity.GetProperties().Select(property => (property, property.GetRelationalTypeMapping())).ToArray();
        var list = string.Join(", ", columns.Select(column => names.DelimitIdentifier(column.property.GetColumnName(table)!)));
        return new InsertedTable($"INSERT INTO {names.DelimitIdentifier(table.Name, table.Schema)} ({list}) VALUES\n", columns);
    }
}
