using Approvals.Core.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Approvals.Core.Data;

/// <summary>What differs between databases and is not visible in the entities.</summary>
internal static class ProviderConventions
{
    private static readonly ValueConverter<DateTimeOffset, long> UtcTicks =
        new(value => value.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    private static readonly ValueConverter<DateTimeOffset, DateTimeOffset> Utc =
        new(value => value.ToUniversalTime(), value => value);

    /// <summary>
    /// SQLite has no type that orders instants, so they are stored there as UTC ticks; PostgreSQL takes instants in UTC only. Enums are
    /// stored as text everywhere, because auditors read tables.
    /// </summary>
    public static void Apply(ModelBuilder builder, string? providerName)
    {
        var isSqlite = providerName?.EndsWith(".Sqlite", StringComparison.Ordinal) == true;
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
            if (type.IsEnum)
            {
                property.SetProviderClrType(typeof(string));
                property.SetMaxLength(32);
            }
            else if (type == typeof(DateTimeOffset))
            {
                property.SetValueConverter(isSqlite ? UtcTicks : Utc);
            }
            else if (type == typeof(decimal))
            {
                property.SetPrecision(18);
                property.SetScale(2);
            }
        }

        FilterDefinitionIndexes(builder, providerName);
    }

    /// <summary>A filter is SQL text, and PostgreSQL alone has real booleans.</summary>
    private static void FilterDefinitionIndexes(ModelBuilder builder, string? providerName)
    {
        var isTrue = providerName?.Contains("PostgreSQL", StringComparison.Ordinal) == true ? "" : " = 1";
        foreach (var flag in new[] { nameof(DefinitionVersion.IsLatest), nameof(DefinitionVersion.IsPublished) })
        {
            builder.Entity<DefinitionVersion>()
                .HasIndex([nameof(DefinitionVersion.DefinitionId)], $"IX_Definitions_{flag}")
                .IsUnique()
                .HasFilter($"\"{flag}\"{isTrue}");
        }
    }
}
