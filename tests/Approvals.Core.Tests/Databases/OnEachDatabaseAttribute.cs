using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Approvals.Core.Tests.Databases;

/// <summary>Runs the theory once on SQLite and once on a real PostgreSQL: <c>[Theory, OnEachDatabase]</c> with one string parameter.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnEachDatabaseAttribute : DataAttribute
{
    /// <inheritdoc />
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(
            [new TheoryDataRow<string>("Sqlite"), new TheoryDataRow<string>("PostgreSql")]);

    /// <inheritdoc />
    public override bool SupportsDiscoveryEnumeration() => true;
}
