using System.Linq.Expressions;
using Approvals.Core.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Approvals.Core.Data.Mappings;

/// <summary>
/// Column lengths, in characters. Everything that is indexed is bounded, because a SQL Server index key holds 1,700 bytes (850
/// characters). JSON and what people write at length is unbounded text.
/// </summary>
internal static class Lengths
{
    public const int Sha256 = 64;
    public const int Code = 100;
    public const int Key = 200;
    public const int Name = 200;
    public const int Link = 300;
    public const int Text = 500;
    public const int LongText = 2000;
}

internal static class MappingExtensions
{
    /// <summary>
    /// A foreign key to the case without cascade: nothing of a case is ever deleted, and SQL Server refuses a table that two cascades
    /// reach. People, units and files are named by plain ids in lists that are written often; those rows are never deleted either.
    /// </summary>
    public static void OwnedByCase<T>(this EntityTypeBuilder<T> entity, Expression<Func<T, object?>> caseId)
        where T : class =>
        entity.HasOne<Case>().WithMany().HasForeignKey(caseId).OnDelete(DeleteBehavior.Restrict);

    /// <summary>
    /// Declares the trigger that the migration AppendOnlyRecords makes, so that EF writes no OUTPUT or RETURNING clause, which SQL Server
    /// refuses on such a table.
    /// </summary>
    public static void IsAppendOnly<T>(this EntityTypeBuilder<T> entity)
        where T : class =>
        entity.ToTable(table => table.HasTrigger("append_only"));

    /// <summary>A foreign key without cascade and without navigation.</summary>
    public static void OwnedBy<T, TOwner>(this EntityTypeBuilder<T> entity, Expression<Func<T, object?>> ownerId)
        where T : class
        where TOwner : class =>
        entity.HasOne<TOwner>().WithMany().HasForeignKey(ownerId).OnDelete(DeleteBehavior.Restrict);
}
