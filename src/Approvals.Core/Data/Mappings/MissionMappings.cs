using Approvals.Core.Allowances;
using Approvals.Core.Cases;
using Approvals.Core.Commanders;
using Approvals.Core.Insurance;
using Approvals.Core.Missions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Approvals.Core.Data.Mappings;

internal sealed class EventMappings :
    IEntityTypeConfiguration<EmergencyEvent>, IEntityTypeConfiguration<EventRoster>, IEntityTypeConfiguration<EventLogEntry>
{
    public void Configure(EntityTypeBuilder<EmergencyEvent> entity)
    {
        entity.Property(row => row.Number).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Name).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Specialty).HasMaxLength(Lengths.Code);
        entity.Property(row => row.SpecialtyName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Region).HasMaxLength(Lengths.Code);
        entity.Property(row => row.RegionName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Place).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Description).HasMaxLength(Lengths.LongText);
        entity.Property(row => row.GeneralCommanderName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.OpenedByName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.ClosedByName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.ClosingNote).HasMaxLength(Lengths.LongText);
        entity.Property(row => row.RowVersion).IsConcurrencyToken();
        entity.HasIndex(row => row.Number).IsUnique();
        entity.HasIndex(row => new { row.Status, row.StartedAt });
    }

    public void Configure(EntityTypeBuilder<EventRoster> entity)
    {
        entity.Property(row => row.OfferedByName).HasMaxLength(Lengths.Name);
        entity.OwnedBy<EventRoster, EmergencyEvent>(row => row.EventId);
        entity.HasIndex(row => new { row.EventId, row.Id });
    }

    public void Configure(EntityTypeBuilder<EventLogEntry> entity)
    {
        entity.IsAppendOnly();
        entity.Property(row => row.Text).HasMaxLength(Lengths.LongText);
        entity.Property(row => row.ByName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.ByRole).HasMaxLength(Lengths.Name);
        entity.OwnedBy<EventLogEntry, EmergencyEvent>(row => row.EventId);
        entity.HasIndex(row => new { row.EventId, row.Id });
    }
}

internal sealed class MissionMappings : IEntityTypeConfiguration<Mission>, IEntityTypeConfiguration<CommanderAbsence>
{
    public void Configure(EntityTypeBuilder<Mission> entity)
    {
        entity.Property(row => row.CommanderName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Assignment).HasMaxLength(Lengths.Text);
        entity.Property(row => row.RefusalReason).HasMaxLength(Lengths.LongText);
        entity.Property(row => row.CoverOverrideReason).HasMaxLength(Lengths.LongText);
        entity.Property(row => row.CoverOverriddenByName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.RowVersion).IsConcurrencyToken();
        entity.OwnedByCase(row => row.CaseId);
        entity.OwnedBy<Mission, EmergencyEvent>(row => row.EventId);
        entity.OwnedBy<Mission, Commander>(row => row.CommanderId);
        entity.HasIndex(row => row.CaseId).IsUnique();
        entity.HasIndex(row => new { row.EventId, row.Status });
        entity.HasIndex(row => new { row.CommanderId, row.Status });
        entity.HasIndex(row => new { row.PersonId, row.ProposedAt });
    }

    public void Configure(EntityTypeBuilder<CommanderAbsence> entity)
    {
        entity.Property(row => row.Reason).HasMaxLength(Lengths.Text);
        entity.Property(row => row.SetByName).HasMaxLength(Lengths.Name);
        entity.OwnedBy<CommanderAbsence, Commander>(row => row.CommanderId);
        entity.HasIndex(row => new { row.CommanderId, row.From });
    }
}

internal sealed class MoneyRuleMappings :
    IEntityTypeConfiguration<AllowanceRateTable>, IEntityTypeConfiguration<AllowanceRate>
{
    public void Configure(EntityTypeBuilder<AllowanceRateTable> entity)
    {
        entity.Property(row => row.Reason).HasMaxLength(Lengths.Text);
        entity.Property(row => row.SetByName).HasMaxLength(Lengths.Name);
        entity.HasIndex(row => row.Version).IsUnique();
    }

    public void Configure(EntityTypeBuilder<AllowanceRate> entity)
    {
        entity.Property(row => row.Region).HasMaxLength(Lengths.Code);
        entity.OwnedBy<AllowanceRate, AllowanceRateTable>(row => row.TableId);
        entity.HasIndex(row => new { row.TableId, row.Level, row.Region, row.From }).IsUnique();
    }
}
