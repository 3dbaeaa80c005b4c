using System.Reflection;
using Approvals.Core.Data;

namespace Approvals.Core.Tests.Architecture;

/// <summary>The rooms of the house: who may know whom (docs/architecture.md).</summary>
public sealed class DependencyTests
{
    [Theory]
    [InlineData("Approvals.Workflows")]
    [InlineData("Approvals.Documents")]
    [InlineData("Approvals.Core", "Approvals.Workflows", "Approvals.Documents")]
    [InlineData("Approvals.Data.Sqlite", "Approvals.Core")]
    [InlineData("Approvals.Data.SqlServer", "Approvals.Core")]
    [InlineData("Approvals.Data.PostgreSql", "Approvals.Core")]
    public void AProjectKnowsOnlyThoseBelowIt(string project, params string[] allowed)
    {
        var known = Assembly.Load(project).GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => name.StartsWith("Approvals.", StringComparison.Ordinal));
        Assert.Empty(known.Except(allowed));
    }

    [Fact]
    public void TheCoreKnowsNoDatabaseAndNoScheduler()
    {
        var known = typeof(ApprovalsDbContext).Assembly.GetReferencedAssemblies().Select(name => name.Name!);
        Assert.DoesNotContain(known, name =>
            name.Contains("Sqlite", StringComparison.Ordinal) || name.Contains("SqlServer", StringComparison.Ordinal)
            || name.StartsWith("Npgsql", StringComparison.Ordinal) || name.StartsWith("Hangfire", StringComparison.Ordinal));
    }
}
