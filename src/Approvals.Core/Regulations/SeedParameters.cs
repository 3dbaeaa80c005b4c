using Approvals.Core.Data;
using Approvals.Core.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Regulations;

/// <summary>Enters the shipped value of each parameter that has no row yet; what was ever set is never touched.</summary>
public sealed class SeedParameters(ApprovalsDbContext db, TimeProvider clock) : IStartupTask
{
    /// <summary>First day of shipped values: before any case the system can hold.</summary>
    public static readonly DateOnly ShippedFrom = new(2000, 1, 1);

    /// <inheritdoc />
    public int Order => 100;

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var known = await db.Parameters.Select(row => row.Key).Distinct().ToListAsync(cancellationToken);
        db.Parameters.AddRange(ParameterDefinition.All.Where(definition => !known.Contains(definition.Key))
            .Select(definition => Shipped(definition, clock.GetUtcNow())));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The row of a shipped value.</summary>
    public static RegulationParameter Shipped(ParameterDefinition definition, DateTimeOffset at) => new()
    {
        Key = definition.Key,
        Value = definition.Value,
        Unit = definition.Unit,
        Name = definition.Name,
        Article = definition.Article,
        EffectiveFrom = ShippedFrom,
        SetAt = at,
    };
}
