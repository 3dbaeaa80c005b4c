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
        await insert.SendAsync(null, cancellationToken);
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
                await SendAsync(null, cancellationToken);
                isFirst = true;
            }

            table.Append(sql, isFirst, row, parameters, factory);
            isFirst = false;
        }

        if (!isFirst)
            sql.Append(";\n");
    }

    /// <summary>Sends what was added.</summary>
    /// <param name="last">A statement without values of its own that ends the command; null for none.</param>
    /// <param name="cancellationToken">Stops before the command is sent.</param>
    public async Task SendAsync(string? last, CancellationToken cancellationToken)
    {
        sql.Append(last);
        if (sql.Length > 0)
            await db.Database.ExecuteSqlRawAsync(sql.ToString(), parameters, cancellationToken);
        sql.Clear();
        parameters.Clear();
    }
}
