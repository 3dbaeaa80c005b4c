using System.Collections;
using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.Internal;
using Microsoft.EntityFrameworkCore.Storage;

#pragma warning disable EF1001

namespace Approvals.Core.Tests.SqlServer.Twin;

/// <summary>Runs every query of a context on SQL Server's double as well, with the values it has on SQLite.</summary>
public sealed class TwinQueryCompiler(
    IQueryContextFactory queryContextFactory, ICompiledQueryCache compiledQueryCache,
    ICompiledQueryCacheKeyGenerator compiledQueryCacheKeyGenerator, IDatabase database, IDiagnosticsLogger<DbLoggerCategory.Query> logger,
    ICurrentDbContext currentContext, IEvaluatableExpressionFilter evaluatableExpressionFilter, IModel model)
    : QueryCompiler(
        queryContextFactory, compiledQueryCache, compiledQueryCacheKeyGenerator, database, logger, currentContext,
        evaluatableExpressionFilter, model)
{
    private static readonly MethodInfo Compile = typeof(IDatabase).GetMethod(nameof(IDatabase.CompileQuery))!;
    private static readonly ConcurrentDictionary<Seen, bool> Known = new();

    /// <inheritdoc />
    public override Expression ExtractParameters(
        Expression query, Dictionary<string, object?> parameters, IDiagnosticsLogger<DbLoggerCategory.Query> logger,
        bool compiledQuery = false, bool generateContextAccessors = false)
    {
        var extracted = base.ExtractParameters(query, parameters, logger, compiledQuery, generateContextAccessors);
        var site = CallSite.Current();
        if (site is not null)
            SqlServerTwin.Taken.AddSite(site);
        foreach (var values in compiledQuery ? SampleValues.Of(extracted) : [parameters])
            Repeat(extracted, values, compiledQuery ? "compiled" : "query", site);
        return extracted;
    }

    private static void Repeat(Expression query, IReadOnlyDictionary<string, object?> values, string kind, string? site)
    {
        var move = new ToModel(SqlServerTwin.Model);
        var moved = move.Visit(query);
        var nulls = string.Join(',', values.Where(one => one.Value is null or ICollection { Count: 0 }).Select(one => one.Key));

        // Hand-written text over no table of the model may be another on SQL Server; RawStatements takes it down.
        if (move.IsHandWritten || !Known.TryAdd(new Seen(moved, nulls), true))
            return;
        using var db = SqlServerTwin.Open(out var server);
        try
        {
            Run(db, moved, values);
        }
        catch (Exception fault)
        {
            // What comes after the command is about the answer, which is nothing.
            if (server.Sent.Count == 0)
                SqlServerTwin.Taken.AddFailure($"{site}: {(fault as TargetInvocationException)?.InnerException ?? fault}");
        }

        foreach (var command in server.Sent)
            SqlServerTwin.Taken.Add(command, kind, site);
    }

    private static void Run(DbContext db, Expression query, IReadOnlyDictionary<string, object?> values)
    {
        var rows = query.Type.GetInterfaces().Append(query.Type)
            .FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IQueryable<>));
        var type = rows is null ? query.Type : typeof(IEnumerable<>).MakeGenericType(rows.GenericTypeArguments[0]);
        var run = (Delegate)Compile.MakeGenericMethod(type).Invoke(db.GetService<IDatabase>(), [query, false])!;
        var context = db.GetService<IQueryContextFactory>().Create();
        foreach (var (name, value) in values)
            context.Parameters[name] = value;
        if (run.DynamicInvoke(context) is IEnumerable result and not string)
        {
            foreach (var _ in result)
            {
            }
        }
    }

    /// <summary>A query and which of its values are nothing, on which its text depends.</summary>
    private readonly struct Seen(Expression query, string nulls) : IEquatable<Seen>
    {
        private readonly int hash = HashCode.Combine(ExpressionEqualityComparer.Instance.GetHashCode(query), nulls);

        private Expression Query => query;

        private string Nulls => nulls;

        public bool Equals(Seen other) => nulls == other.Nulls && ExpressionEqualityComparer.Instance.Equals(query, other.Query);

        public override bool Equals(object? obj) => obj is Seen other && Equals(other);

        public override int GetHashCode() => hash;
    }

    /// <summary>The same query over the tables of another model.</summary>
    private sealed class ToModel(IModel model) : ExpressionVisitor
    {
        public bool IsHandWritten { get; private set; }

        protected override Expression VisitExtension(Expression node)
        {
            var entity = node is EntityQueryRootExpression { EntityType.Name: var name } ? model.FindEntityType(name) : null;
            IsHandWritten |= node is SqlQueryRootExpression || (node is EntityQueryRootExpression && entity is null);
            return entity is null ? base.VisitExtension(node) : ((EntityQueryRootExpression)node).UpdateEntityType(entity);
        }
    }
}
