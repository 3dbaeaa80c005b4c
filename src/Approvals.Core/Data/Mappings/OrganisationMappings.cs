using Approvals.Core.Organisation;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Approvals.Core.Data.Mappings;

internal sealed class OrganisationMappings :
    IEntityTypeConfiguration<OrgUnit>, IEntityTypeConfiguration<Person>, IEntityTypeConfiguration<Position>,
    IEntityTypeConfiguration<RoleAssignment>, IEntityTypeConfiguration<Substitution>
{
    public void Configure(EntityTypeBuilder<OrgUnit> entity)
    {
        entity.Property(row => row.Code).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Name).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Specialties).HasMaxLength(Lengths.Text);
        entity.OwnedBy<OrgUnit, OrgUnit>(row => row.ParentId);
        entity.OwnedBy<OrgUnit, Person>(row => row.LeaderInChargeId);
        entity.HasIndex(row => row.Code).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Person> entity)
    {
        entity.Property(row => row.Name).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Number).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Email).HasMaxLength(Lengths.Name);
        entity.Property(row => row.Phone).HasMaxLength(32);
        entity.Property(row => row.Language).HasMaxLength(Lengths.Code);
        entity.HasIndex(row => row.Name);
    }

    public void Configure(EntityTypeBuilder<Position> entity)
    {
        entity.Property(row => row.Title).HasMaxLength(Lengths.Name);
        entity.OwnedBy<Position, Person>(row => row.PersonId);
        entity.OwnedBy<Position, OrgUnit>(row => row.OrgUnitId);
        entity.HasIndex(row => new { row.OrgUnitId, row.Kind });
    }

    public void Configure(EntityTypeBuilder<RoleAssignment> entity)
    {
        entity.Property(row => row.Role).HasMaxLength(Lengths.Code);
        entity.OwnedBy<RoleAssignment, Person>(row => row.PersonId);
        entity.HasIndex(row => new { row.PersonId, row.Role }).IsUnique();
        entity.HasIndex(row => row.Role);
    }

    public void Configure(EntityTypeBuilder<Substitution> entity)
    {
        entity.Property(row => row.ProcessKey).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Reason).HasMaxLength(Lengths.Text);
        entity.OwnedBy<Substitution, Person>(row => row.PrincipalId);
        entity.OwnedBy<Substitution, Person>(row => row.SubstituteId);
        entity.HasIndex(row => new { row.SubstituteId, row.Until });
        entity.HasIndex(row => new { row.PrincipalId, row.Until });
    }
}

/// <summary>Identity's tables, whose unbounded keys SQL Server could not index.</summary>
internal sealed class AccountMappings :
    IEntityTypeConfiguration<ApplicationUser>, IEntityTypeConfiguration<IdentityUserLogin<Guid>>,
    IEntityTypeConfiguration<IdentityUserToken<Guid>>, IEntityTypeConfiguration<IdentityUserClaim<Guid>>,
    IEntityTypeConfiguration<DataProtectionKey>, IEntityTypeConfiguration<SignInSession>
{
    public void Configure(EntityTypeBuilder<SignInSession> entity)
    {
        entity.ToTable("SignInSessions");
        entity.Property(row => row.Device).HasMaxLength(Lengths.Code);
        entity.OwnedBy<SignInSession, ApplicationUser>(row => row.AccountId);
        entity.HasIndex(row => new { row.AccountId, row.EndedAt });
    }

    public void Configure(EntityTypeBuilder<ApplicationUser> entity)
    {
        entity.ToTable("Accounts");
        entity.Property(row => row.PhoneNumber).HasMaxLength(32);
        entity.Property(row => row.PasswordHash).HasMaxLength(Lengths.Text);
        entity.Property(row => row.SecurityStamp).HasMaxLength(Lengths.Code);
        entity.Property(row => row.ConcurrencyStamp).HasMaxLength(Lengths.Code);
        entity.HasOne<Person>().WithOne().HasForeignKey<ApplicationUser>(row => row.PersonId).OnDelete(DeleteBehavior.Restrict);
        entity.HasIndex(row => row.PersonId).IsUnique();
    }

    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> entity)
    {
        entity.ToTable("AccountLogins");
        entity.Property(row => row.LoginProvider).HasMaxLength(Lengths.Code);
        entity.Property(row => row.ProviderKey).HasMaxLength(Lengths.Key);
        entity.Property(row => row.ProviderDisplayName).HasMaxLength(Lengths.Name);
    }

    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> entity)
    {
        entity.ToTable("AccountTokens");
        entity.Property(row => row.LoginProvider).HasMaxLength(Lengths.Code);
        entity.Property(row => row.Name).HasMaxLength(Lengths.Code);
    }

    public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> entity)
    {
        entity.ToTable("AccountClaims");
        entity.Property(row => row.ClaimType).HasMaxLength(Lengths.Name);
        entity.Property(row => row.ClaimValue).HasMaxLength(Lengths.Text);
    }

    public void Configure(EntityTypeBuilder<DataProtectionKey> entity) =>
        entity.Property(row => row.FriendlyName).HasMaxLength(Lengths.Name);
}
