using Approvals.Core.Files;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Packets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Approvals.Core.Data.Mappings;

internal sealed class PayeeMappings : IEntityTypeConfiguration<Payee>, IEntityTypeConfiguration<PayeeAccount>
{
    public void Configure(EntityTypeBuilder<Payee> entity)
    {
        entity.Property(row => row.Name).HasMaxLength(Lengths.Name);
        entity.Property(row => row.IdentityNumber).HasMaxLength(32);
        entity.Property(row => row.RowVersion).IsConcurrencyToken();

        // Unique: one person, one row, or a day could be paid twice under two.
        entity.HasIndex(row => row.IdentityNumber).IsUnique();
        entity.HasIndex(row => row.PersonId);
        entity.HasIndex(row => row.OrgUnitId);
    }

    public void Configure(EntityTypeBuilder<PayeeAccount> entity)
    {
        entity.Property(row => row.Holder).HasMaxLength(Lengths.Name);
        entity.Property(row => row.SealedNumber).HasMaxLength(Lengths.Text).IsUnicode(false);
        entity.Property(row => row.Fingerprint).HasMaxLength(Lengths.Sha256).IsUnicode(false);
        entity.Property(row => row.LastFour).HasMaxLength(4).IsUnicode(false);
        entity.Property(row => row.BankName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.BankCode).HasMaxLength(12).IsUnicode(false);
        entity.OwnedBy<PayeeAccount, Payee>(row => row.PayeeId);

        // Unique: of two changes at once, the second finds the first's row and fails instead of leaving two accounts.
        entity.HasIndex(row => row.PayeeId, "IX_PayeeAccounts_Current").IsUnique().HasFilter("\"ReplacedAt\" IS NULL");
        entity.HasIndex(row => new { row.PayeeId, row.ValidFrom });
        entity.HasIndex(row => row.Fingerprint);
    }
}

internal sealed class EntitlementMappings : IEntityTypeConfiguration<Entitlement>, IEntityTypeConfiguration<PersonDay>
{
    public void Configure(EntityTypeBuilder<Entitlement> entity)
    {
        entity.Property(row => row.Number).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Key).HasMaxLength(Lengths.Key);
        entity.Property(row => row.Programme).HasMaxLength(Lengths.Code);
        entity.Property(row => row.ProgrammeName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Period).HasMaxLength(7);
        entity.Property(row => row.CaseNumber).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Reason).HasMaxLength(Lengths.LongText);
        entity.OwnedByCase(row => row.CaseId);
        entity.OwnedBy<Entitlement, Payee>(row => row.PayeeId);
        entity.OwnedBy<Entitlement, Entitlement>(row => row.ReversesId);
        entity.OwnedBy<Entitlement, PacketLine>(row => row.LineId);
        entity.HasIndex(row => row.Number).IsUnique();
        entity.HasIndex(row => row.Key).IsUnique();
        entity.HasIndex(row => row.ReversesId).IsUnique();
        entity.HasIndex(row => row.CaseId);
        entity.HasIndex(row => row.LineId);
        entity.HasIndex(row => new { row.PayeeId, row.ApprovedAt });
        entity.HasIndex(row => new { row.Programme, row.Period });

        // What the next packet takes.
        entity.HasIndex(row => new { row.Programme, row.Period }, "IX_Entitlements_Waiting").HasFilter("\"LineId\" IS NULL");
    }

    public void Configure(EntityTypeBuilder<PersonDay> entity)
    {
        entity.OwnedBy<PersonDay, Payee>(row => row.PayeeId);
        entity.OwnedBy<PersonDay, Entitlement>(row => row.EntitlementId);
        entity.HasIndex(row => row.EntitlementId);

        // Unique: whatever the code does, more than one day of a person's day cannot be stored as paid.
        entity.HasIndex(row => new { row.PayeeId, row.Date, row.Half }).IsUnique().HasFilter("\"ReleasedById\" IS NULL");
        entity.ToTable(table => table.HasCheckConstraint("CK_PersonDays_Half", "\"Half\" IN (1, 2)"));
    }
}

internal sealed class PacketMappings :
    IEntityTypeConfiguration<PayoutPacket>, IEntityTypeConfiguration<PacketLine>, IEntityTypeConfiguration<PacketFile>,
    IEntityTypeConfiguration<BankResult>
{
    public void Configure(EntityTypeBuilder<PayoutPacket> entity)
    {
        entity.Property(row => row.Number).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Programme).HasMaxLength(Lengths.Code);
        entity.Property(row => row.ProgrammeName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.PeriodFrom).HasMaxLength(7);
        entity.Property(row => row.PeriodUntil).HasMaxLength(7);
        entity.Property(row => row.ContentHash).HasMaxLength(Lengths.Sha256).IsUnicode(false);
        entity.Property(row => row.RowVersion).IsConcurrencyToken();
        entity.HasIndex(row => row.Number).IsUnique();
        entity.HasIndex(row => new { row.Programme, row.PeriodFrom });
        entity.HasIndex(row => row.CreatedAt);
    }

    public void Configure(EntityTypeBuilder<PacketLine> entity)
    {
        entity.Property(row => row.PayeeName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.IdentityNumber).HasMaxLength(32);
        entity.Property(row => row.AccountHolder).HasMaxLength(Lengths.Name);
        entity.Property(row => row.AccountLastFour).HasMaxLength(4).IsUnicode(false);
        entity.Property(row => row.BankName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.BankCode).HasMaxLength(12).IsUnicode(false);
        entity.Property(row => row.Purpose).HasMaxLength(Lengths.Name);
        entity.Property(row => row.StateNote).HasMaxLength(Lengths.Text);
        entity.Property(row => row.BankReference).HasMaxLength(Lengths.Code);
        entity.Property(row => row.RowVersion).IsConcurrencyToken();
        entity.OwnedBy<PacketLine, PayoutPacket>(row => row.PacketId);
        entity.OwnedBy<PacketLine, Payee>(row => row.PayeeId);
        entity.OwnedBy<PacketLine, PayeeAccount>(row => row.AccountId);
        entity.OwnedBy<PacketLine, PacketLine>(row => row.CorrectsLineId);
        entity.HasIndex(row => new { row.PacketId, row.Sequence }).IsUnique();

        // Unique: of two corrective packets built at once, one fails instead of paying the line twice.
        entity.HasIndex(row => row.CorrectsLineId).IsUnique();
        entity.HasIndex(row => row.RootLineId);
        entity.HasIndex(row => row.PayeeId);
        entity.HasIndex(row => row.AccountId);
        entity.HasIndex(row => row.State);
    }

    public void Configure(EntityTypeBuilder<PacketFile> entity)
    {
        entity.Property(row => row.Name).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Sha256).HasMaxLength(Lengths.Sha256).IsUnicode(false);
        entity.OwnedBy<PacketFile, PayoutPacket>(row => row.PacketId);
        entity.OwnedBy<PacketFile, StoredFile>(row => row.FileId);
        entity.HasIndex(row => new { row.PacketId, row.Kind }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<BankResult> entity)
    {
        entity.Property(row => row.FileName).HasMaxLength(Lengths.Link);
        entity.OwnedBy<BankResult, PayoutPacket>(row => row.PacketId);
        entity.OwnedBy<BankResult, StoredFile>(row => row.FileId);
        entity.HasIndex(row => row.PacketId);
    }
}
