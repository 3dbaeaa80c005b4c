using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Approvals.Core.Tests.SqlServer;

/// <summary>
/// The tables, indexes and triggers that a script leaves behind when it runs on an empty database: SQL Server's compiler takes what
/// is there in the end, and not the way to it. Every branch is taken. A change it cannot follow is a fault.
/// </summary>
internal sealed class SchemaOfScript
{
    private static readonly Sql160ScriptGenerator Generator = new();

    private readonly Dictionary<string, TableDefinition> tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> others = new(StringComparer.OrdinalIgnoreCase);

    private SchemaOfScript()
    {
    }

    /// <summary>Runs the script.</summary>
    /// <exception cref="FormatException">It does not parse.</exception>
    public static SchemaOfScript Run(string script)
    {
        var schema = new SchemaOfScript();
        schema.RunText(script);
        return schema;
    }

    /// <summary>Statements that make all of it.</summary>
    public IReadOnlyList<string> Definitions =>
    [
        .. others.Where(one => one.Key.StartsWith("SCHEMA ", StringComparison.Ordinal)).Select(one => one.Value),
        .. tables.Select(one => $"CREATE TABLE {one.Key} ({string.Join(", ", PartsOf(one.Value).Select(Text))});"),
        .. others.Where(one => !one.Key.StartsWith("SCHEMA ", StringComparison.Ordinal)).Select(one => one.Value),
    ];

    /// <summary>Every column, key, index and trigger with all that is said of it, in one order.</summary>
    public IReadOnlyList<string> Parts =>
    [
        .. tables.SelectMany(one => PartsOf(one.Value).Select(part => $"{one.Key}: {Text(part)}")).Concat(others.Values)
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<TSqlFragment> PartsOf(TableDefinition table) =>
        [.. table.ColumnDefinitions, .. table.TableConstraints, .. table.Indexes];

    private static string Text(TSqlFragment fragment)
    {
        Generator.GenerateScript(fragment, out var text);
        return text;
    }

    private static string NameOf(SchemaObjectName name) =>
        name.SchemaIdentifier is { } schema ? $"[{schema.Value}].[{name.BaseIdentifier.Value}]" : $"[{name.BaseIdentifier.Value}]";

    private void RunText(string script)
    {
        var parsed = (TSqlScript)new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out var errors);
        if (errors.Count > 0)
            throw new FormatException(string.Join('\n', errors.Select(error => $"{error.Line}: {error.Message}")));
        foreach (var batch in parsed.Batches)
            RunAll(batch.Statements);
    }

    private void RunAll(IEnumerable<TSqlStatement> statements)
    {
        foreach (var statement in statements)
            RunOne(statement);
    }

    private void RunOne(TSqlStatement statement)
    {
        switch (statement)
        {
            case IfStatement branch:
                RunAll(branch.ElseStatement is null ? [branch.ThenStatement] : [branch.ThenStatement, branch.ElseStatement]);
                break;
            case BeginEndBlockStatement block:
                RunAll(block.StatementList.Statements);
                break;
            case TryCatchStatement attempt:
                RunAll(attempt.TryStatements.Statements);
                break;
            case ExecuteStatement { ExecuteSpecification.ExecutableEntity: ExecutableStringList texts }:
                RunText(string.Concat(texts.Strings.Cast<StringLiteral>().Select(one => one.Value)));
                break;
            case CreateSchemaStatement schema:
                others["SCHEMA " + schema.Name.Value] = Text(schema);
                break;
            case CreateTriggerStatement trigger:
                others[NameOf(trigger.Name)] = Text(trigger);
                break;
            case CreateIndexStatement index:
                others[NameOf(index.OnName) + index.Name.Value] = Text(index);
                break;
            case DropIndexStatement drop:
                foreach (var clause in drop.DropIndexClauses.Cast<DropIndexClause>())
                    others.Remove(NameOf(clause.Object) + clause.Index.Value);
                break;
            case CreateTableStatement table:
                tables[NameOf(table.SchemaObjectName)] = table.Definition;
                break;
            case DropTableStatement drop:
                foreach (var name in drop.Objects)
                    Drop(NameOf(name));
                break;
            case AlterTableStatement alter:
                Alter(tables[NameOf(alter.SchemaObjectName)], alter);
                break;
            case CreateViewStatement or CreateProcedureStatement or AlterProcedureStatement or DropObjectsStatement or DropTriggerStatement
                or DropSchemaStatement:
                throw new NotSupportedException(statement.GetType().Name);
        }
    }

    private void Drop(string table)
    {
        tables.Remove(table);
        foreach (var name in others.Keys.Where(one => one.StartsWith(table, StringComparison.OrdinalIgnoreCase)).ToList())
            others.Remove(name);
    }

    private static void Alter(TableDefinition table, AlterTableStatement alter)
    {
        switch (alter)
        {
            case AlterTableAddTableElementStatement { Definition: var added }:
                added.ColumnDefinitions.ToList().ForEach(table.ColumnDefinitions.Add);
                added.TableConstraints.ToList().ForEach(table.TableConstraints.Add);
                break;
            case AlterTableAlterColumnStatement change:
                var column = table.ColumnDefinitions.Single(one => Is(one.ColumnIdentifier, change.ColumnIdentifier));
                column.DataType = change.DataType;
                if (column.Constraints.OfType<NullableConstraintDefinition>().FirstOrDefault() is { } nullable)
                    nullable.Nullable = change.AlterTableAlterColumnOption == AlterTableAlterColumnOption.Null;
                break;
            case AlterTableDropTableElementStatement drop:
                foreach (var element in drop.AlterTableDropTableElements)
                {
                    table.ColumnDefinitions.Where(one => Is(one.ColumnIdentifier, element.Name)).ToList()
                        .ForEach(one => table.ColumnDefinitions.Remove(one));
                    table.TableConstraints.Where(one => Is(one.ConstraintIdentifier, element.Name)).ToList()
                        .ForEach(one => table.TableConstraints.Remove(one));
                }

                break;
            case AlterTableRebuildStatement or AlterTableSetStatement:
                break;
            default:
                throw new NotSupportedException(alter.GetType().Name);
        }
    }

    private static bool Is(Identifier? one, Identifier? other) => string.Equals(one?.Value, other?.Value, StringComparison.OrdinalIgnoreCase);
}
