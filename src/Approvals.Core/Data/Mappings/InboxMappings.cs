using Approvals.Core.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Approvals.Core.Data.Mappings;

internal sealed class InboxMappings :
    IEntityTypeConfiguration<StepRun>, IEntityTypeConfiguration<InboxTask>, IEntityTypeConfiguration<CaseCopy>,
    IEntityTypeConfiguration<Decision>
{
    public void Configure(EntityTypeBuilder<StepRun> entity)
    {
        entity.Property(row => row.ActivityId).HasMaxLength(Lengths.Code);
        entity.Property(row => row.StepName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.FormKey).HasMaxLength(Lengths.Code);
        entity.Property(row => row.RightsKey).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Outcome).HasMaxLength(Lengths.Text);
        entity.OwnedByCase(row => row.CaseId);
        entity.HasIndex(row => new { row.CaseId, row.Status });
        entity.HasIndex(row => row.BookmarkId).IsUnique();

        // The administrator's list of steps nobody was found for.
        entity.HasIndex(row => new { row.Status, row.OpenedAt }).HasFilter("\"Status\" = 'Unassigned'");
    }

    public void Configure(EntityTypeBuilder<InboxTask> entity)
    {
        entity.Property(row => row.SubjectName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.CaseNumber).HasMaxLength(Lengths.Code);
        entity.Property(row => row.ProcessKey).HasMaxLength(Lengths.Code);
        entity.Property(row => row.ProcessName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.StepName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.UnitName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.FromName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.DecidedAs).HasMaxLength(Lengths.Code);
        entity.Property(row => row.ClosedReason).HasMaxLength(Lengths.Text);

        // Whoever changes a task must still find it in the state it was read in.
        entity.Property(row => row.State).IsConcurrencyToken();
        entity.OwnedByCase(row => row.CaseId);
        entity.OwnedBy<InboxTask, StepRun>(row => row.StepRunId);
        entity.HasIndex(row => new { row.StepRunId, row.State });

        // 加签: who was asked in by a signer.
        entity.HasIndex(row => row.AddedForTaskId).HasFilter("\"AddedForTaskId\" IS NOT NULL");

        // 待办: one range of this index, already in the page's order, whatever the number of done tasks. It ends with what a search compares, so
        // that of the tasks a search passes over no row is read.
        entity.HasIndex(
                row => new { row.AssigneeId, row.State, row.SortDue, row.ArrivedAt, row.Id, row.CaseNumber, row.SubjectName }, "IX_Tasks_Inbox")
            .IsDescending(false, false, false, true, false, false, false);

        // 已办: newest first, of whoever really decided.
        entity.HasIndex(row => new { row.DecidedById, row.ClosedAt, row.Id }, "IX_Tasks_Done").IsDescending(false, true, false);
    }

    public void Configure(EntityTypeBuilder<CaseCopy> entity)
    {
        entity.Property(row => row.Reason).HasMaxLength(Lengths.Text);
        entity.OwnedByCase(row => row.CaseId);
        entity.HasIndex(row => new { row.PersonId, row.At, row.Id }).IsDescending(false, true, false);
        entity.HasIndex(row => new { row.CaseId, row.PersonId });
    }

    public void Configure(EntityTypeBuilder<Decision> entity)
    {
        entity.IsAppendOnly();
        entity.Property(row => row.StepName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.SignatureLine).HasMaxLength(Lengths.Name);
        entity.Property(row => row.ReturnTo).HasMaxLength(Lengths.Code);
        entity.Property(row => row.ReturnToName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.HashAlgorithm).HasMaxLength(32);
        entity.Property(row => row.ShownHash).HasMaxLength(Lengths.Sha256).IsUnicode(false);
        entity.OwnedByCase(row => row.CaseId);
        entity.OwnedBy<Decision, StepRun>(row => row.StepRunId);

        // Unique: whatever the code does, a second decision on a task cannot be stored.
        entity.HasOne<InboxTask>().WithOne().HasForeignKey<Decision>(row => row.TaskId).OnDelete(DeleteBehavior.Restrict);
        entity.HasIndex(row => row.TaskId).IsUnique();
        entity.HasIndex(row => new { row.CaseId, row.At });
        entity.HasIndex(row => new { row.DeciderId, row.At });
    }
}
