using Approvals.Core.Api;
using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Certificates;
using Approvals.Core.Files;
using Approvals.Core.Notifications;
using Approvals.Core.Regulations;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Approvals.Core.Data.Mappings;

// Log-like tables (audit, outbox, timers) have no foreign keys: they outlive what they name.
internal sealed class KernelMappings :
    IEntityTypeConfiguration<AuditEntry>, IEntityTypeConfiguration<AuditHead>, IEntityTypeConfiguration<OutboxMessage>,
    IEntityTypeConfiguration<Notification>, IEntityTypeConfiguration<TimerRow>, IEntityTypeConfiguration<StoredFile>,
    IEntityTypeConfiguration<NumberSeries>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entity)
    {
        entity.IsAppendOnly();

        // A fork of the chain cannot be stored even if the head's lock were lost: two entries that follow the same one have the same key.
        entity.HasKey(row => row.Sequence);
        entity.Property(row => row.Sequence).ValueGeneratedNever();
        entity.Property(row => row.Action).HasMaxLength(64);
        entity.Property(row => row.SubjectKind).HasMaxLength(64);
        entity.Property(row => row.SubjectId).HasMaxLength(100);
        entity.Property(row => row.PreviousHash).HasMaxLength(Lengths.Sha256).IsUnicode(false);
        entity.Property(row => row.Hash).HasMaxLength(Lengths.Sha256).IsUnicode(false);

        entity.HasIndex(row => new { row.SubjectId, row.Sequence });
        entity.HasIndex(row => new { row.ActorId, row.Sequence });
        entity.HasIndex(row => row.At);
    }

    public void Configure(EntityTypeBuilder<AuditHead> entity)
    {
        entity.Property(row => row.Id).ValueGeneratedNever();
        entity.Property(row => row.Hash).HasMaxLength(Lengths.Sha256).IsUnicode(false);
        entity.HasData(new AuditHead { Id = 1, Sequence = 0, Hash = AuditHash.Genesis });
    }

    public void Configure(EntityTypeBuilder<OutboxMessage> entity)
    {
        entity.Property(row => row.Key).HasMaxLength(Lengths.Key);
        entity.Property(row => row.Kind).HasMaxLength(Lengths.Code);
        entity.Property(row => row.LastError).HasMaxLength(Lengths.Text);
        entity.HasIndex(row => row.Key).IsUnique();

        // Holds open messages only, so the sweep stays fast however many were sent.
        entity.HasIndex(row => row.DueAt).HasFilter("\"DoneAt\" IS NULL");
    }

    public void Configure(EntityTypeBuilder<Notification> entity)
    {
        entity.Property(row => row.Text).HasMaxLength(Lengths.Text);
        entity.Property(row => row.Link).HasMaxLength(Lengths.Link);
        entity.HasIndex(row => new { row.PersonId, row.ReadAt, row.At });
    }

    public void Configure(EntityTypeBuilder<TimerRow> entity)
    {
        entity.Property(row => row.Key).HasMaxLength(Lengths.Key);
        entity.Property(row => row.Kind).HasMaxLength(Lengths.Code);
        entity.Property(row => row.LastError).HasMaxLength(Lengths.Text);
        entity.HasIndex(row => row.Key).IsUnique();
        entity.HasIndex(row => row.DueAt).HasFilter("\"FiredAt\" IS NULL AND \"CancelledAt\" IS NULL");
        entity.HasIndex(row => row.InstanceId);
        entity.HasIndex(row => row.BookmarkId);
    }

    public void Configure(EntityTypeBuilder<StoredFile> entity)
    {
        entity.Property(row => row.Sha256).HasMaxLength(Lengths.Sha256).IsUnicode(false);
        entity.Property(row => row.ContentType).HasMaxLength(Lengths.Code);
        entity.HasIndex(row => row.Sha256);
    }

    public void Configure(EntityTypeBuilder<NumberSeries> entity)
    {
        entity.HasKey(row => row.Key);
        entity.Property(row => row.Key).HasMaxLength(Lengths.Key);
    }
}

internal sealed class ApiMappings : IEntityTypeConfiguration<ApiToken>, IEntityTypeConfiguration<IdempotencyRecord>
{
    public void Configure(EntityTypeBuilder<ApiToken> entity)
    {
        entity.Property(row => row.Name).HasMaxLength(Lengths.Name);
        entity.Property(row => row.TokenHash).HasMaxLength(Lengths.Sha256).IsUnicode(false);
        entity.HasIndex(row => row.TokenHash).IsUnique();
        entity.HasIndex(row => row.PersonId);
    }

    public void Configure(EntityTypeBuilder<IdempotencyRecord> entity)
    {
        entity.Property(row => row.Key).HasMaxLength(Lengths.Key);
        entity.Property(row => row.RequestHash).HasMaxLength(Lengths.Sha256).IsUnicode(false);
        entity.HasIndex(row => new { row.PersonId, row.Key }).IsUnique();
        entity.HasIndex(row => row.At);
    }
}

internal sealed class RegulationMappings :
    IEntityTypeConfiguration<RegulationParameter>, IEntityTypeConfiguration<Finding>, IEntityTypeConfiguration<CalendarDay>
{
    public void Configure(EntityTypeBuilder<RegulationParameter> entity)
    {
        entity.Property(row => row.Key).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Value).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Unit).HasMaxLength(32);
        entity.Property(row => row.Name).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Article).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Reason).HasMaxLength(Lengths.Text);
        entity.HasIndex(row => new { row.Key, row.EffectiveFrom });
    }

    public void Configure(EntityTypeBuilder<Finding> entity)
    {
        entity.Property(row => row.Rule).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Article).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Title).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Value).HasMaxLength(Lengths.Text);
        entity.Property(row => row.Expected).HasMaxLength(Lengths.Text);
        entity.Property(row => row.Message).HasMaxLength(Lengths.LongText);
        entity.Property(row => row.ParameterIds).HasMaxLength(Lengths.Text);
        entity.Property(row => row.WaiverReason).HasMaxLength(Lengths.LongText);
        entity.OwnedByCase(row => row.CaseId);
        entity.HasIndex(row => new { row.CaseId, row.IsCurrent });
    }

    public void Configure(EntityTypeBuilder<CalendarDay> entity)
    {
        entity.HasKey(row => row.Date);
        entity.Property(row => row.Name).HasMaxLength(Lengths.Name);
    }
}
