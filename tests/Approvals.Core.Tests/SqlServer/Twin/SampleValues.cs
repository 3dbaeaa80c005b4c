using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;

namespace Approvals.Core.Tests.SqlServer.Twin;

/// <summary>Values for a query that was compiled before anybody gave it some.</summary>
internal static class SampleValues
{
    /// <summary>One set with every value, and one without those that may be missing.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, object?>> Of(Expression query)
    {
        var finder = new Finder();
        finder.Visit(query);
        yield return finder.Found.ToDictionary(one => one.Name, one => Sample(one.Type));
        if (finder.Found.Any(one => Nullable.GetUnderlyingType(one.Type) is not null))
            yield return finder.Found.ToDictionary(one => one.Name, one => Nullable.GetUnderlyingType(one.Type) is null ? Sample(one.Type) : null);
    }

    private static object? Sample(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string))
            return "x";
        if (plain == typeof(Guid))
            return Guid.CreateVersion7();
        if (plain.IsArray)
        {
            var array = Array.CreateInstance(plain.GetElementType()!, 1);
            array.SetValue(Sample(plain.GetElementType()!), 0);
            return array;
        }

        return plain.IsValueType ? Activator.CreateInstance(plain) : null;
    }

    private sealed class Finder : ExpressionVisitor
    {
        public HashSet<(string Name, Type Type)> Found { get; } = [];

        protected override Expression VisitExtension(Expression node)
        {
            if (node is QueryParameterExpression parameter)
                Found.Add((parameter.Name, parameter.Type));
            return base.VisitExtension(node);
        }
    }
}
