using Approvals.Core.Draws;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Approvals.Core.Data.Mappings;

internal sealed class DrawMappings
    : IEntityTypeConfiguration<DrawRequest>, IEntityTypeConfiguration<DrawRecord>, IEntityTypeConfiguration<DrawRefusal>
{
    public void Configure(EntityTypeBuilder<DrawRequest> entity)
    {
        entity.Property(row => row.ActivityId).HasMaxLength(Lengths.Code);
        entity.Property(row => row.StepName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Commitment).HasMaxLength(Lengths.Sha256).IsUnicode(false);
        entity.Property(row => row.GroundText).HasMaxLength(Lengths.Text);
        entity.Property(row => row.RowVersion).IsConcurrencyToken();
        entity.OwnedByCase(row => row.CaseId);
        entity.HasIndex(row => row.BookmarkId).IsUnique();
        entity.HasIndex(row => row.RunId).IsUnique();
        entity.HasIndex(row => new { row.CaseId, row.ActivityId, row.Round });
    }

    public void Configure(EntityTypeBuilder<DrawRecord> entity)
    {
        entity.IsAppendOnly();
        entity.Property(row => row.Number).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Source).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Hash).HasMaxLength(Lengths.Sha256).IsUnicode(false);
        entity.OwnedByCase(row => row.CaseId);
        entity.HasOne<DrawRequest>().WithOne().HasForeignKey<DrawRecord>(row => row.Id).OnDelete(DeleteBehavior.Restrict);
        entity.HasIndex(row => row.Number).IsUnique();
        entity.HasIndex(row => new { row.Source, row.DrawnAt });
    }

    public void Configure(EntityTypeBuilder<DrawRefusal> entity)
    {
        entity.IsAppendOnly();
        entity.Property(row => row.CandidateId).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Reason).HasMaxLength(Lengths.Text);
        entity.Property(row => row.RecordedByName).HasMaxLength(Lengths.Name);
        entity.OwnedBy<DrawRefusal, DrawRequest>(row => row.DrawId);
        entity.HasIndex(row => new { row.DrawId, row.CandidateId }).IsUnique();
    }
}
