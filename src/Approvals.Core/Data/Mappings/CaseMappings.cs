using Approvals.Core.Cases;
using Approvals.Core.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Approvals.Core.Data.Mappings;

internal sealed class CaseMappings :
    IEntityTypeConfiguration<Case>, IEntityTypeConfiguration<CaseAttachment>, IEntityTypeConfiguration<CaseEvent>,
    IEntityTypeConfiguration<CaseComment>
{
    public void Configure(EntityTypeBuilder<Case> entity)
    {
        entity.Property(row => row.Number).HasMaxLength(Lengths.Code);
        entity.Property(row => row.ProcessKey).HasMaxLength(Lengths.Code);
        entity.Property(row => row.ProcessName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.DefinitionVersionId).HasMaxLength(Lengths.Code);
        entity.Property(row => row.SubjectName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.CurrentSteps).HasMaxLength(Lengths.Text);
        entity.Property(row => row.Outcome).HasMaxLength(Lengths.Text);
        entity.Property(row => row.RowVersion).IsConcurrencyToken();
        entity.HasIndex(row => row.Number).IsUnique();
        entity.HasIndex(row => row.InstanceId);

        // 我发起: newest first.
        entity.HasIndex(row => new { row.StarterId, row.CreatedAt, row.Id }).IsDescending(false, true, false);
        entity.HasIndex(row => new { row.ApplicantId, row.ProcessKey, row.Status });
        entity.HasIndex(row => new { row.OwnerSectionId, row.Status, row.UpdatedAt });
        entity.HasIndex(row => new { row.ProcessKey, row.Status, row.UpdatedAt });
    }

    public void Configure(EntityTypeBuilder<CaseAttachment> entity)
    {
        entity.Property(row => row.FieldKey).HasMaxLength(Lengths.Code);
        entity.Property(row => row.FileName).HasMaxLength(Lengths.Link);
        entity.OwnedByCase(row => row.CaseId);
        entity.OwnedBy<CaseAttachment, StoredFile>(row => row.FileId);
    }

    public void Configure(EntityTypeBuilder<CaseEvent> entity)
    {
        entity.IsAppendOnly();
        entity.Property(row => row.Kind).HasMaxLength(Lengths.Code);
        entity.Property(row => row.ActorName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.StepName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Text).HasMaxLength(Lengths.Text);
        entity.OwnedByCase(row => row.CaseId);
        entity.HasIndex(row => new { row.CaseId, row.Id });
    }

    public void Configure(EntityTypeBuilder<CaseComment> entity)
    {
        entity.IsAppendOnly();
        entity.Property(row => row.AuthorName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Text).HasMaxLength(Lengths.LongText);
        entity.OwnedByCase(row => row.CaseId);
        entity.HasIndex(row => new { row.CaseId, row.Id });
    }
}
