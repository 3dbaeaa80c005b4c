using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Data;

/// <summary>
/// Inserts rows that nobody reads back in this unit of work — many to a statement, many statements to a command, past the change
/// tracker. EF sends SQLite a command for each row.
/// </summary>
internal sealed class RowInsert(ApprovalsDbContext db)
{
    /// <summary>SQL Server takes 2,100 parameters in a command.</summary>
    private const int MaxParameters = 2000;

    private readonly StringBuilder sql = new();
    private readonly List<object> parameters = [];

    /// <summary>Inserts rows of one kind at once, in the running transaction.</summary>
    /// <exception cref="DbException">A row breaks a rule of the table.</exception>
    public static async Task AllAsync<T>(ApprovalsDbContext db, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class
    {
        var insert = new RowInsert(db);
        await insert.AddAsync(typeof(T), rows, cancellationToken);
        await insert.SendAsync(cancellationToken);
    }

    /// <summary>Adds rows of one kind to the command; a full command is sent.</summary>
    public async Task AddAsync(Type type, IEnumerable<object> rows, CancellationToken cancellationToken)
    {
        var table = InsertedTable.Of(db, type);
        using var factory = db.Database.GetDbConnection().CreateCommand();
        var isFirst = true;
        foreach (var row in rows)
        {
            if (parameters.Count + table.Columns.Length > MaxParameters)
            {
                await SendAsync(cancellationToken);
                isFirst = true;
            }

            table.Append(sql, isFirst, row, parameters, factory);
            isFirst = false;
        }

        if (!isFirst)
            sql.Append(";\n");
    }

    /// <summary>
    /// Adds a statement with one value, which stands in it as {0}. As a value and not in the text: the command's text is then the same the next
    /// time, and a database that keeps statements prepared has it ready.
    /// </summary>
    public void Add(string statement, string value)
    {
        using var factory = db.Database.GetDbConnection().CreateCommand();
        var parameter = factory.CreateParameter();
        parameter.ParameterName = InsertedTable.NameOf(parameters.Count);
        parameter.Value = value;
        parameters.Add(parameter);
        sql.Append(statement.Replace("{0}", parameter.ParameterName, StringComparison.Ordinal)).Append(";\n");
    }

    /// <summary>Sends what was added.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        if (sql.Length > 0)
            await db.Database.ExecuteSqlRawAsync(sql.ToString(), parameters, cancellationToken);
        sql.Clear();
        parameters.Clear();
    }
}
