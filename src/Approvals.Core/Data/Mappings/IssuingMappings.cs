using Approvals.Core.Certificates;
using Approvals.Core.Commanders;
using Approvals.Core.Notices;
using Approvals.Core.Training;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Approvals.Core.Data.Mappings;

internal sealed class NoticeMappings : IEntityTypeConfiguration<PublicNotice>, IEntityTypeConfiguration<Objection>
{
    public void Configure(EntityTypeBuilder<PublicNotice> entity)
    {
        entity.Property(row => row.Number).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Title).HasMaxLength(Lengths.Name);
        entity.OwnedByCase(row => row.CaseId);
        entity.HasIndex(row => row.Number).IsUnique();
        entity.HasIndex(row => row.BookmarkId).IsUnique();
        entity.HasIndex(row => new { row.Status, row.PublishedOn });
    }

    public void Configure(EntityTypeBuilder<Objection> entity)
    {
        entity.Property(row => row.Receipt).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Name).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Contact).HasMaxLength(Lengths.Name);
        entity.Property(row => row.EvidenceFileName).HasMaxLength(Lengths.Link);
        entity.OwnedByCase(row => row.CaseId);
        entity.OwnedBy<Objection, PublicNotice>(row => row.NoticeId);
        entity.HasIndex(row => row.Receipt).IsUnique();
        entity.HasIndex(row => new { row.NoticeId, row.Status });
    }
}

internal sealed class TrainingMappings : IEntityTypeConfiguration<TrainingSession>, IEntityTypeConfiguration<TrainingEnrolment>
{
    public void Configure(EntityTypeBuilder<TrainingSession> entity)
    {
        entity.Property(row => row.Title).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Place).HasMaxLength(Lengths.Name);
        entity.Property(row => row.RowVersion).IsConcurrencyToken();
        entity.HasIndex(row => row.HeldOn);
    }

    public void Configure(EntityTypeBuilder<TrainingEnrolment> entity)
    {
        entity.Property(row => row.CandidateName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.UnitName).HasMaxLength(Lengths.Name);
        entity.OwnedByCase(row => row.CaseId);
        entity.OwnedBy<TrainingEnrolment, TrainingSession>(row => row.SessionId);
        entity.HasIndex(row => new { row.SessionId, row.Status });
        entity.HasIndex(row => new { row.Status, row.CreatedAt });
        entity.HasIndex(row => row.BookmarkId);
    }
}

internal sealed class CertificateMappings : IEntityTypeConfiguration<IssuedDocument>, IEntityTypeConfiguration<Certificate>
{
    public void Configure(EntityTypeBuilder<IssuedDocument> entity)
    {
        entity.Property(row => row.IssueKey).HasMaxLength(Lengths.Key);
        entity.Property(row => row.Template).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Number).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Title).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Sha256).HasMaxLength(Lengths.Sha256).IsUnicode(false);
        entity.OwnedByCase(row => row.CaseId);
        entity.HasIndex(row => row.IssueKey).IsUnique();
        entity.HasIndex(row => row.Number);
    }

    public void Configure(EntityTypeBuilder<Certificate> entity)
    {
        entity.Property(row => row.Number).HasMaxLength(Lengths.Code);
        entity.Property(row => row.CheckCode).HasMaxLength(Lengths.Code);
        entity.Property(row => row.HolderName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.UnitName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Subject).HasMaxLength(Lengths.Name);
        entity.Property(row => row.VoidReason).HasMaxLength(Lengths.Text);
        entity.OwnedByCase(row => row.CaseId);
        entity.OwnedBy<Certificate, IssuedDocument>(row => row.DocumentId);
        entity.HasIndex(row => row.Number).IsUnique();
        entity.HasIndex(row => row.CheckCode).IsUnique();
    }
}

internal sealed class CommanderMappings : IEntityTypeConfiguration<Commander>, IEntityTypeConfiguration<InsurancePolicy>
{
    public void Configure(EntityTypeBuilder<Commander> entity)
    {
        entity.Property(row => row.Name).HasMaxLength(Lengths.Name);
        entity.Property(row => row.IdentityNumber).HasMaxLength(32);
        entity.Property(row => row.Gender).HasMaxLength(8);
        entity.Property(row => row.Phone).HasMaxLength(32);
        entity.Property(row => row.UnitName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Post).HasMaxLength(Lengths.Name);
        entity.Property(row => row.ProfessionalTitle).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Specialty).HasMaxLength(Lengths.Code);
        entity.Property(row => row.SpecialtyName).HasMaxLength(Lengths.Name);
        entity.Property(row => row.CertificateNumber).HasMaxLength(Lengths.Code);
        entity.Property(row => row.BasePlace).HasMaxLength(Lengths.Name);
        entity.Property(row => row.RowVersion).IsConcurrencyToken();
        entity.OwnedByCase(row => row.CaseId);
        entity.HasIndex(row => row.CaseId).IsUnique();
        entity.HasIndex(row => row.IdentityNumber);
        entity.HasIndex(row => new { row.Status, row.TermEnd });
        entity.HasIndex(row => new { row.Specialty, row.Status });
    }

    public void Configure(EntityTypeBuilder<InsurancePolicy> entity)
    {
        entity.Property(row => row.Insurer).HasMaxLength(Lengths.Name);
        entity.Property(row => row.PolicyNumber).HasMaxLength(Lengths.Code);
        entity.OwnedByCase(row => row.CaseId);
        entity.OwnedBy<InsurancePolicy, Commander>(row => row.CommanderId);
        entity.HasIndex(row => new { row.CaseId, row.CommanderId }).IsUnique();
        entity.HasIndex(row => new { row.CommanderId, row.ValidUntil });
        entity.HasIndex(row => row.PolicyNumber);
    }
}
