using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Approvals.Core.Tests.Databases;

/// <summary>
/// Runs the theory once on SQLite, once on a real PostgreSQL and, when <see cref="SqlServerDatabases.Variable"/> names one, once on a
/// real SQL Server: <c>[Theory, OnEachDatabase]</c> with one string parameter.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnEachDatabaseAttribute : DataAttribute
{
    private static IEnumerable<string> Names =>
        SqlServerDatabases.Server is null ? ["Sqlite", "PostgreSql"] : ["Sqlite", "PostgreSql", "SqlServer"];

    /// <inheritdoc />
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(
            [.. Names.Select(name => new TheoryDataRow<string>(name))]);

    /// <inheritdoc />
    public override bool SupportsDiscoveryEnumeration() => true;
}
