using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Hosting;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Demo;

/// <summary>Fills an empty Development database with the demonstration bureau; does nothing elsewhere or a second time.</summary>
internal sealed class DemoSeed(
    IHostEnvironment environment, UnitOfWork unitOfWork, UserManager<ApplicationUser> users, FileStore files, TimeProvider time)
    : IStartupTask
{
    private static readonly DateOnly InPostSince = new(2023, 3, 1);

    /// <inheritdoc />
    public int Order => 300;

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (environment.IsDevelopment())
        {
            await unitOfWork.RunAsync(scope => FillAsync(scope.Db, cancellationToken), cancellationToken);
        }
    }

    private async Task FillAsync(ApprovalsDbContext db, CancellationToken cancellationToken)
    {
        if (await db.OrgUnits.AnyAsync(unit => unit.Code == DemoBureau.Bureau, cancellationToken))
        {
            return;
        }

        var people = DemoBureau.People.ToDictionary(
            one => one.UserName, one => new Person { Name = one.Name, Email = $"{one.UserName}@example.invalid" });
        db.People.AddRange(people.Values);
        var units = AddUnits(db, people);
        foreach (var (one, number) in DemoBureau.People.Select((one, index) => (one, index + 1)))
        {
            var person = people[one.UserName];
            person.Number = $"JZ{number:000}";
            db.Positions.Add(new Position
            {
                PersonId = person.Id, OrgUnitId = units[one.Unit].Id, Kind = one.Kind, Title = one.Title, From = InPostSince,
            });
            db.RoleAssignments.AddRange(one.Roles.Select(role => new RoleAssignment { PersonId = person.Id, Role = role }));
            if (one.Kind is PositionKind.Head or PositionKind.Leader)
            {
                using var picture = DemoSignature.Draw(one.Name);
                person.SignatureFileId = (await files.SaveAsync(picture, "image/png", person.Id, cancellationToken)).Id;
            }
        }

        AddAccounts(db, people);
    }

    private static Dictionary<string, OrgUnit> AddUnits(ApprovalsDbContext db, Dictionary<string, Person> people)
    {
        var units = new Dictionary<string, OrgUnit>(StringComparer.Ordinal);
        foreach (var (one, index) in DemoBureau.Units.Select((one, index) => (one, index)))
        {
            units[one.Code] = new OrgUnit
            {
                Code = one.Code,
                Name = one.Name,
                Kind = one.Kind,
                ParentId = one.Parent is null ? null : units[one.Parent].Id,
                LeaderInChargeId = one.Leader is null ? null : people[one.Leader].Id,
                Specialties = one.Specialties,
                SortOrder = index,
            };
        }

        db.OrgUnits.AddRange(units.Values);
        return units;
    }

    /// <summary>
    /// Written directly and with one hash for all: hashing a password takes 50 ms on purpose, and thirty of them would make every
    /// first start and every test wait. These accounts share one published password anyway.
    /// </summary>
    private void AddAccounts(ApprovalsDbContext db, Dictionary<string, Person> people)
    {
        var hash = users.PasswordHasher.HashPassword(new ApplicationUser(), DemoBureau.Password);
        var created = time.GetUtcNow();
        foreach (var (userName, person) in people)
        {
            db.Users.Add(new ApplicationUser
            {
                Id = Guid.CreateVersion7(created),
                PersonId = person.Id,
                UserName = userName,
                NormalizedUserName = users.NormalizeName(userName),
                PasswordHash = hash,
                SecurityStamp = Guid.NewGuid().ToString("N"),
                LockoutEnabled = true,
            });
        }
    }
}
