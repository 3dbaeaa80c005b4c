using Approvals.Core.Commanders;
using Approvals.Core.Insurance;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Approvals.Core.Data.Mappings;

internal sealed class InsuranceMappings :
    IEntityTypeConfiguration<InsuranceMember>, IEntityTypeConfiguration<InsuranceClaim>, IEntityTypeConfiguration<InsuranceClaimFile>
{
    public void Configure(EntityTypeBuilder<InsuranceMember> entity)
    {
        entity.Property(row => row.Name).HasMaxLength(Lengths.Name);
        entity.Property(row => row.LeftOutReason).HasMaxLength(Lengths.Text);
        entity.OwnedByCase(row => row.CaseId);
        entity.OwnedBy<InsuranceMember, Commander>(row => row.CommanderId);
        entity.HasIndex(row => new { row.CaseId, row.CommanderId }).IsUnique();
        entity.HasIndex(row => row.CommanderId);
    }

    public void Configure(EntityTypeBuilder<InsuranceClaim> entity)
    {
        entity.Property(row => row.Number).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Injury).HasMaxLength(Lengths.LongText);
        entity.Property(row => row.Decision).HasMaxLength(Lengths.LongText);
        entity.Property(row => row.RowVersion).IsConcurrencyToken();
        entity.OwnedBy<InsuranceClaim, InsurancePolicy>(row => row.PolicyId);
        entity.OwnedBy<InsuranceClaim, Commander>(row => row.CommanderId);
        entity.HasIndex(row => row.Number).IsUnique();
        entity.HasIndex(row => row.PolicyId);
        entity.HasIndex(row => new { row.CommanderId, row.AccidentOn });
    }

    public void Configure(EntityTypeBuilder<InsuranceClaimFile> entity)
    {
        entity.Property(row => row.FileName).HasMaxLength(Lengths.Name);
        entity.OwnedBy<InsuranceClaimFile, InsuranceClaim>(row => row.ClaimId);
        entity.HasIndex(row => row.ClaimId);
    }
}
