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
    /// How ids are kept where the database has no type for them that is short and in the order of their bytes, in columns and in parameters of
    /// hand-written statements: see <see cref="BigEndianGuid"/> and decision 19.
    /// </summary>
    public static void Configure(ModelConfigurationBuilder configuration, string? providerName)
    {
        var type = IsSqlServer(providerName) ? "binary(16)" : IsSqlite(providerName) ? "BLOB" : null;
        if (type is null)
            return;
        configuration.Properties<Guid>().HaveConversion<BigEndianGuid>().HaveColumnType(type);
        configuration.DefaultTypeMapping<Guid>().HasConversion<BigEndianGuid>().HasColumnType(type);
    }

    /// <summary>
    /// SQLite has no type that orders instants, so they are stored there as UTC ticks; PostgreSQL takes instants in UTC only. SQL Server
    /// compares texts without regard to case, unless told to compare the characters' codes, as the other databases do. Enums are stored
    /// as text everywhere, because auditors read tables.
    /// </summary>
    public static void Apply(ModelBuilder builder, string? providerName)
    {
        var isSqlite = IsSqlite(providerName);
        var isSqlServer = IsSqlServer(providerName);
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

            if (isSqlServer && (type == typeof(string) || type.IsEnum))
                property.SetCollation("Latin1_General_100_BIN2");
        }

        FilterDefinitionIndexes(builder, providerName);
    }

    private static bool IsSqlite(string? providerName) => providerName?.EndsWith(".Sqlite", StringComparison.Ordinal) == true;

    private static bool IsSqlServer(string? providerName) => providerName?.EndsWith(".SqlServer", StringComparison.Ordinal) == true;

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
