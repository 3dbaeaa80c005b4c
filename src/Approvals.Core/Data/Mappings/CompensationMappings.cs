using Approvals.Core.Compensation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Approvals.Core.Data.Mappings;

internal sealed class CompensationMappings : IEntityTypeConfiguration<CompensationInvoice>
{
    public void Configure(EntityTypeBuilder<CompensationInvoice> entity)
    {
        entity.Property(row => row.Key).HasMaxLength(Lengths.Code).IsUnicode(false);
        entity.OwnedByCase(row => row.CaseId);
        entity.HasIndex(row => row.CaseId);

        // Unique: whatever the code does, one invoice cannot stand in two claims at once.
        entity.HasIndex(row => row.Key).IsUnique().HasFilter("\"ReleasedAt\" IS NULL");
    }
}
