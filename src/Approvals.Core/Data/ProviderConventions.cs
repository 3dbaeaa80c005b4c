using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Approvals.Core.Data;

/// <summary>What differs between databases and is not visible in the entities.</summary>
internal static class ProviderConventions
{
    private static readonly ValueConverter<DateTimeOffset, long> UtcTicks =
        new(value => value.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    /// <summary>
    /// SQLite has no type that orders instants, so they are stored there as UTC ticks; enums are stored as text everywhere, because
    /// auditors read tables.
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
            else if (isSqlite && type == typeof(DateTimeOffset))
            {
                property.SetValueConverter(UtcTicks);
            }
            else if (type == typeof(decimal))
            {
                property.SetPrecision(18);
                property.SetScale(2);
            }
        }
    }
}
