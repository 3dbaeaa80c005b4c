using Approvals.Core.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Approvals.Core.Data.Mappings;

internal sealed class ProcessMappings :
    IEntityTypeConfiguration<DefinitionVersion>, IEntityTypeConfiguration<ProcessFile>,
    IEntityTypeConfiguration<WorkflowInstanceRow>, IEntityTypeConfiguration<WorkflowBookmarkRow>,
    IEntityTypeConfiguration<JournalBurst>, IEntityTypeConfiguration<WorkflowIncidentRow>
{
    // "One latest" and "one published" per definition are filtered indexes, see ProviderConventions.
    public void Configure(EntityTypeBuilder<DefinitionVersion> entity)
    {
        entity.Property(row => row.Id).HasMaxLength(Lengths.Code);
        entity.Property(row => row.DefinitionId).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Name).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Description).HasMaxLength(Lengths.LongText);
        entity.Property(row => row.Hash).HasMaxLength(Lengths.Sha256).IsUnicode(false);
        entity.Property(row => row.SourceHash).HasMaxLength(Lengths.Sha256).IsUnicode(false);
        entity.Property(row => row.PublishReason).HasMaxLength(Lengths.Text);
        entity.Ignore(row => row.IsFixed);
        entity.Ignore(row => row.IsFromFile);
        entity.Property(row => row.RowVersion).IsConcurrencyToken();
        entity.HasIndex(row => new { row.DefinitionId, row.Version }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ProcessFile> entity)
    {
        entity.HasKey(row => row.Hash);
        entity.Property(row => row.Hash).HasMaxLength(Lengths.Sha256).IsUnicode(false);
    }

    // No foreign key to the definition version: published versions are never deleted, and a case names its instance as well as the
    // instance its case, so a key either way would only order the inserts.
    public void Configure(EntityTypeBuilder<WorkflowInstanceRow> entity)
    {
        entity.Property(row => row.DefinitionId).HasMaxLength(Lengths.Code);
        entity.Property(row => row.DefinitionVersionId).HasMaxLength(Lengths.Code);
        entity.Property(row => row.CorrelationId).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Name).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Status).HasMaxLength(32);
        entity.Property(row => row.SubStatus).HasMaxLength(32);
        entity.Property(row => row.RowVersion).IsConcurrencyToken();
        entity.HasIndex(row => row.CaseId);
        entity.HasIndex(row => row.ParentInstanceId);
        entity.HasIndex(row => row.CorrelationId);
        entity.HasIndex(row => new { row.DefinitionId, row.Status, row.UpdatedAt });
    }

    public void Configure(EntityTypeBuilder<WorkflowBookmarkRow> entity)
    {
        entity.Property(row => row.Id).ValueGeneratedNever();
        entity.Property(row => row.ActivityId).HasMaxLength(Lengths.Code);
        entity.Property(row => row.NodeId).HasMaxLength(Lengths.Text);
        entity.Property(row => row.Kind).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Key).HasMaxLength(Lengths.Key);
        entity.OwnedBy<WorkflowBookmarkRow, WorkflowInstanceRow>(row => row.InstanceId);
        entity.HasIndex(row => row.InstanceId);
        entity.HasIndex(row => new { row.Kind, row.Key });
    }

    public void Configure(EntityTypeBuilder<JournalBurst> entity)
    {
        entity.ToTable("JournalBursts");
        entity.HasKey(row => new { row.InstanceId, row.First });
        entity.OwnedBy<JournalBurst, WorkflowInstanceRow>(row => row.InstanceId);
    }

    public void Configure(EntityTypeBuilder<WorkflowIncidentRow> entity)
    {
        entity.Property(row => row.Id).ValueGeneratedNever();
        entity.Property(row => row.ActivityId).HasMaxLength(Lengths.Code);
        entity.Property(row => row.NodeId).HasMaxLength(Lengths.Text);
        entity.OwnedBy<WorkflowIncidentRow, WorkflowInstanceRow>(row => row.InstanceId);
        entity.HasIndex(row => new { row.InstanceId, row.ResolvedAt });
        entity.HasIndex(row => row.At).HasFilter("\"ResolvedAt\" IS NULL");
    }
}
