using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Update;
using Microsoft.EntityFrameworkCore.Update.Internal;

namespace Approvals.Data.Sqlite;

#pragma warning disable EF1001 // EF has no public way to say in which order the rows of a save are written.

/// <summary>
/// Puts the rows of a save in order by their tables, those that others point to first. EF compares the keys of all rows with each other
/// for it, which is a quarter of a small save, while everybody else waits for the writer's turn. Where the tables alone do not tell the
/// order — rows that point to rows of their own table, a value that must be given up before another row takes it, keys made by the
/// database — EF's own way is taken.
/// </summary>
internal sealed class RankedCommands(CommandBatchPreparerDependencies dependencies) : CommandBatchPreparer(dependencies)
{
    /// <inheritdoc />
    public override IReadOnlyList<List<IReadOnlyModificationCommand>> TopologicalSort(IEnumerable<IReadOnlyModificationCommand> commands)
    {
        var all = commands.ToList();
        return TableOrder.Sort(all) is { } sorted ? [sorted] : base.TopologicalSort(all);
    }
}

/// <summary>The order in which tables can be written: a table after those it points to. One for each model.</summary>
internal sealed class TableOrder
{
    private static readonly ConditionalWeakTable<IRelationalModel, TableOrder> Known = [];

    private readonly Dictionary<ITable, Place> places = [];

    private TableOrder(IRelationalModel model)
    {
        foreach (var table in model.Tables)
            PlaceOf(table, []);
    }

    /// <summary>
    /// The commands in an order that breaks no rule of the tables: first what is inserted and changed, then what is deleted, in the same table a
    /// change before an insert.
    /// </summary>
    /// <returns>Null when the tables alone do not tell the order.</returns>
    public static List<IReadOnlyModificationCommand>? Sort(List<IReadOnlyModificationCommand> commands)
    {
        if (commands.Count < 2)
            return commands;
        if (commands[0].Table is not { } first)
            return null;
        var places = Known.GetValue(first.Model, static model => new TableOrder(model)).places;
        if (commands.Exists(command => command.Table is not { } table || places[table].Rank is null || IsKeyMade(command)))
            return null;
        foreach (var rows in commands.GroupBy(command => command.Table!))
        {
            if (rows.Skip(1).Any() && places[rows.Key] is var place && (place.NeedsOrder(rows) || place.MayCollide(rows)))
                return null;
        }

        int PlaceOf(IReadOnlyModificationCommand command)
        {
            var rank = places[command.Table!].Rank!.Value;
            return command.EntityState == EntityState.Deleted ? int.MaxValue - rank : rank;
        }

        // Stable: rows of one table stay in the order in which they were added.
        return
        [
            .. commands.OrderBy(PlaceOf).ThenBy(command => command.TableName, StringComparer.Ordinal)
                .ThenBy(command => command.EntityState == EntityState.Added),
        ];
    }

    private static bool IsKeyMade(IReadOnlyModificationCommand command) =>
        command.EntityState == EntityState.Added && command.ColumnModifications.Any(column => column is { IsKey: true, IsRead: true });

    private Place PlaceOf(ITable table, HashSet<ITable> above)
    {
        if (places.TryGetValue(table, out var known))
            return known;
        if (!above.Add(table))
            return new Place(null, [], []);
        int? rank = 0;
        foreach (var principal in table.ForeignKeyConstraints.Select(key => key.PrincipalTable).Where(principal => principal != table))
            rank = PlaceOf(principal, above).Rank is { } below && rank is { } so ? Math.Max(so, below + 1) : null;
        above.Remove(table);
        var own = table.ForeignKeyConstraints.Where(key => key.PrincipalTable == table).SelectMany(key => key.Columns);
        var unique = table.Indexes.Where(index => index.IsUnique).SelectMany(index => index.Columns)
            .Concat(table.UniqueConstraints.Where(constraint => constraint != table.PrimaryKey).SelectMany(constraint => constraint.Columns));
        return places[table] = new Place(rank, [.. own], [.. unique]);
    }

    /// <summary>Where a table comes.</summary>
    /// <param name="Rank">0 for a table that points nowhere; null for one whose references lead back to it.</param>
    /// <param name="Own">Columns that point to rows of the table itself.</param>
    /// <param name="Unique">Columns whose values must be unique, alone or together; without the primary key, which never changes.</param>
    private sealed record Place(int? Rank, HashSet<IColumnBase> Own, HashSet<IColumnBase> Unique)
    {
        /// <summary>More than one row comes, goes or changes what it points to, and they may point to each other.</summary>
        public bool NeedsOrder(IEnumerable<IReadOnlyModificationCommand> rows) =>
            Own.Count > 0 && rows.Count(row => row.EntityState != EntityState.Modified || Writes(row, Own)) > 1;

        /// <summary>A value that must be unique is given up by one row while another comes or changes such a value, too.</summary>
        public bool MayCollide(IEnumerable<IReadOnlyModificationCommand> rows)
        {
            if (Unique.Count == 0)
                return false;
            bool Frees(IReadOnlyModificationCommand row) =>
                row.EntityState == EntityState.Deleted || (row.EntityState == EntityState.Modified && Writes(row, Unique));
            return rows.Any(Frees) && rows.Count(row => row.EntityState == EntityState.Added || Frees(row)) > 1;
        }

        private static bool Writes(IReadOnlyModificationCommand row, HashSet<IColumnBase> columns) =>
            row.ColumnModifications.Any(column => column.IsWrite && column.Column is { } written && columns.Contains(written));
    }
}
