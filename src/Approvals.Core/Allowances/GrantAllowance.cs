using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Payouts;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Allowances;

/// <summary>登记补助应付 — grants what was signed: the parts of the claim as they stand in the case, and its reversal.</summary>
public sealed class GrantAllowance(
    ApprovalsDbContext db, GrantEntitlements granting, CaseApprovals approvals, Numbering numbering, TimeProvider time)
{
    /// <summary>Grants within the caller's unit of work.</summary>
    /// <returns>
    /// The outcome of the kernel; refused when a day was granted to another case meanwhile, or lies outside the mission as it is now.
    /// </returns>
    /// <exception cref="FormatException">The case holds no claim, or its lines no longer add up; the message says so.</exception>
    public async Task<GrantOutcome> GrantAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        var claim = AllowanceClaim.Read(scope.Data) ?? throw new FormatException("业务件中没有工作补助申请。");
        if (Forms.FieldValues.Decimal(scope.Data["total"]) != claim.Total)
        {
            throw new FormatException("签批的合计与申请的各行之和不一致，不能登记应付。");
        }

        var approval = await approvals.LastAsync(scope.Row.Id, cancellationToken)
            ?? throw new FormatException("还没有审批签名，不能登记应付。");
        if (await OutsideAsync(scope.Row.Id, claim, cancellationToken) is { Count: > 0 } outside)
        {
            return new GrantOutcome.Refused(outside);
        }

        var ids = claim.Parts.Select(part => part.CommanderId).ToList();
        var commanders = await db.Commanders.AsNoTracking().Where(row => ids.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        var basis = await BasisAsync([.. claim.Parts.Select(part => part.MissionId)], cancellationToken);
        var grants = claim.Parts.Where(part => part.Amount > 0).Select(part => new EntitlementGrant
        {
            Key = SubmitAllowance.KeyOf(scope.Row.Id, part.MissionId),
            Kind = EntitlementKind.Allowance,
            Programme = SubmitAllowance.Programme,
            ProgrammeName = "技术指挥官现场工作补助",
            Period = part.Days.Max(day => day.Date).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture),
            Payee = new PayeeReference(
                PayeeKind.Person, commanders[part.CommanderId].Name, commanders[part.CommanderId].IdentityNumber,
                commanders[part.CommanderId].PersonId),
            Amount = part.Amount,
            Working = part.Working,
            Basis = [.. basis[part.MissionId]],
            Days = part.Days,
        });
        var reversals = claim.Reversal is { } one
            ? [new EntitlementReversal($"allowance-reversal:{scope.Row.Id}", one.EntitlementId, one.Reason)]
            : Array.Empty<EntitlementReversal>();
        return await granting.GrantAsync(new GrantRequest(scope.Row.Id, approval, [.. grants], reversals), cancellationToken);
    }

    /// <summary>
    /// Days that are no days of their mission any more: it was ended after they were claimed, and its order may name a day before.
    /// </summary>
    private async Task<IReadOnlyList<GrantProblem>> OutsideAsync(Guid caseId, AllowanceClaim claim, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);

        // Race closed: the mission is ended at the same moment. Both take the ledger's lock: either the end is seen here, or it finds the
        // days granted and tells of them (TellOfDaysBehindTheEnd).
        await numbering.NextAsync(GrantEntitlements.LedgerLock, cancellationToken);
        var ids = claim.Parts.Select(part => part.MissionId).ToList();
        var missions = await db.Missions.AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
        var yesterday = time.Today().AddDays(-1);
        return
        [
            .. claim.Parts.Where(part => part.Amount > 0).Select(part =>
                MissionDays.ProblemOf(missions.GetValueOrDefault(part.MissionId), [.. part.Days.Select(day => day.Date)], yesterday) is { } problem
                    ? new GrantProblem(SubmitAllowance.KeyOf(caseId, part.MissionId), problem) : null).OfType<GrantProblem>(),
        ];
    }

    /// <summary>The orders that the days rest on: appointment and termination.</summary>
    private async Task<ILookup<Guid, BasisReference>> BasisAsync(IReadOnlyCollection<Guid> missions, CancellationToken cancellationToken)
    {
        var rows = await (
                from mission in db.Missions.AsNoTracking()
                join document in db.Documents.AsNoTracking() on mission.CaseId equals document.CaseId
                where missions.Contains(mission.Id)
                orderby document.IssuedAt, document.Id
                select new { mission.Id, Document = document.Id, document.Title, document.Number })
            .ToListAsync(cancellationToken);
        return rows.ToLookup(
            row => row.Id, row => new BasisReference(BasisKind.Document, row.Document, $"{row.Title}（{row.Number}）"));
    }
}
