using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Missions;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Insurance;

/// <summary>A claim as lists show it.</summary>
/// <param name="Claim">Claim.</param>
/// <param name="Policy">Policy.</param>
/// <param name="Name">Insured.</param>
public sealed record ClaimRow(InsuranceClaim Claim, InsurancePolicy Policy, string Name);

/// <summary>A claim with all that belongs to it.</summary>
/// <param name="Row">Claim, policy and name.</param>
/// <param name="Mission">Mission it happened on, with the number and name of the event; null for none.</param>
/// <param name="RecordedBy">Who recorded it.</param>
/// <param name="Files">Documents, oldest first.</param>
public sealed record ClaimDetails(
    ClaimRow Row, (Mission Mission, string Event)? Mission, string RecordedBy,
    IReadOnlyList<(InsuranceClaimFile File, StoredFile Stored)> Files);

/// <summary>Reads claims: everyone's for those of <see cref="InsuranceAccess"/>, a commander's own for the commander. Scoped.</summary>
public sealed class ClaimQuery(ApprovalsDbContext db, InsuranceAccess access, CurrentPerson person)
{
    /// <summary>Rows of a list.</summary>
    public const int Most = 200;

    /// <summary>The claims the signed-in person may read, newest first.</summary>
    public async Task<IReadOnlyList<ClaimRow>> ListAsync(CancellationToken cancellationToken)
    {
        var rows = await MineAsync(cancellationToken);
        var found = await rows.OrderByDescending(row => row.Claim.AccidentOn).ThenByDescending(row => row.Claim.Id).Take(Most)
            .ToListAsync(cancellationToken);
        return found.ConvertAll(row => new ClaimRow(row.Claim, row.Policy, row.Commander.Name));
    }

    /// <summary>A claim the signed-in person may read; null when there is none.</summary>
    public async Task<ClaimDetails?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var found = await (await MineAsync(cancellationToken)).FirstOrDefaultAsync(row => row.Claim.Id == id, cancellationToken);
        if (found is null)
        {
            return null;
        }

        var files = await (
                from file in db.InsuranceClaimFiles.AsNoTracking()
                join stored in db.Files.AsNoTracking() on file.FileId equals stored.Id
                where file.ClaimId == id
                orderby file.GivenAt, file.Id
                select new { file, stored })
            .ToListAsync(cancellationToken);
        var mission = (await MissionsAsync(found.Claim.CommanderId, cancellationToken))
            .Select(one => ((Mission Mission, string Event)?)one).FirstOrDefault(one => one!.Value.Mission.Id == found.Claim.MissionId);
        var by = await db.People.AsNoTracking().Where(row => row.Id == found.Claim.RecordedById).Select(row => row.Name)
            .FirstOrDefaultAsync(cancellationToken);
        return new ClaimDetails(
            new ClaimRow(found.Claim, found.Policy, found.Commander.Name), mission, by ?? "", files.ConvertAll(row => (row.file, row.stored)));
    }

    /// <summary>Missions of a commander, newest first, each with the number and name of its event.</summary>
    public async Task<IReadOnlyList<(Mission Mission, string Event)>> MissionsAsync(Guid commanderId, CancellationToken cancellationToken)
    {
        var rows = await (
                from mission in db.Missions.AsNoTracking()
                join one in db.Events.AsNoTracking() on mission.EventId equals one.Id
                where mission.CommanderId == commanderId && mission.FirstDay != null
                orderby mission.FirstDay descending, mission.Id
                select new { mission, one.Number, one.Name })
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => (row.mission, $"{row.Number} {row.Name}"));
    }

    private async Task<IQueryable<Joined>> MineAsync(CancellationToken cancellationToken)
    {
        var (all, me) = (await access.MayReadAsync(cancellationToken), person.Id);
        return from claim in db.InsuranceClaims.AsNoTracking()
            join policy in db.InsurancePolicies.AsNoTracking() on claim.PolicyId equals policy.Id
            join commander in db.Commanders.AsNoTracking() on claim.CommanderId equals commander.Id
            where all || (me != null && commander.PersonId == me)
            select new Joined { Claim = claim, Policy = policy, Commander = commander };
    }

    private sealed class Joined
    {
        public required InsuranceClaim Claim { get; init; }

        public required InsurancePolicy Policy { get; init; }

        public required Commander Commander { get; init; }
    }
}
