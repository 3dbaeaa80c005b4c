using System.Globalization;
using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Insurance;
using Approvals.Core.Notifications;
using Approvals.Core.Regulations;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Commanders;

/// <summary>登记保险 — records accident insurance from the approved form, T§20: the policies of a purchase, or one commander's.</summary>
public sealed class RecordInsurance(
    ApprovalsDbContext db, RegulationParameters parameters, PoliciesCheck check, RemindOfExpiry reminders, Notifier notifier,
    AuditTrail audit, TimeProvider time)
{
    /// <summary>Records within the caller's unit of work; a case records once.</summary>
    /// <returns>Null when it is recorded; otherwise why it cannot be, in Chinese.</returns>
    public async Task<string?> RecordAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        if (await db.InsurancePolicies.AnyAsync(row => row.CaseId == scope.Row.Id, cancellationToken))
        {
            return null;
        }

        var members = await db.InsuranceMembers.AsNoTracking()
            .Where(row => row.CaseId == scope.Row.Id && row.LeftOutReason == null).ToListAsync(cancellationToken);
        return members.Count > 0
            ? await RecordAllAsync(scope, members, cancellationToken) : await RecordOneAsync(scope, cancellationToken);
    }

    private async Task<string?> RecordAllAsync(
        CaseScope scope, List<InsuranceMember> members, CancellationToken cancellationToken)
    {
        var scans = await db.Attachments.AsNoTracking()
            .Where(row => row.CaseId == scope.Row.Id && row.FieldKey == "policyFiles" && row.RemovedAt == null)
            .OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken);

        // Checked again: the register may have changed since the form was submitted.
        var errors = await check.CheckAsync(scope.Row.Id, scope.Data, scans.Count, time.Today(), cancellationToken);
        if (errors.Count > 0)
        {
            return $"{errors[0].Label}：{errors[0].Message}";
        }

        var byName = members.ToDictionary(row => row.Name, row => row.CommanderId, StringComparer.Ordinal);
        var people = await db.Commanders.AsNoTracking().Where(row => byName.Values.Contains(row.Id) && row.PersonId != null)
            .ToDictionaryAsync(row => row.Id, row => row.PersonId!.Value, cancellationToken);
        foreach (var row in PolicyRow.Read(scope.Data))
        {
            await AddAsync(
                new InsurancePolicy
                {
                    CaseId = scope.Row.Id,
                    CommanderId = byName[row.Name],
                    Insurer = FieldValues.Text(scope.Data["insurer"]) ?? "",
                    PolicyNumber = row.Number,
                    SumInsured = row.Sum,
                    ValidFrom = row.From,
                    ValidUntil = row.Until,
                    ScanId = scans[row.Scan - 1],
                },
                cancellationToken);
            if (people.TryGetValue(byName[row.Name], out var person))
            {
                notifier.Tell(
                    person, $"已为您购买意外伤害保险，保险单号 {row.Number}，{row.From:yyyy-MM-dd} 至 {row.Until:yyyy-MM-dd}", "/missions", "意外伤害保险");
            }
        }

        return null;
    }

    /// <summary>A case on a version of the process that knew no roster: the commander of the appointment it came from.</summary>
    private async Task<string?> RecordOneAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        var data = scope.Data;
        var source = InsuranceRoster.SourceOf(data);
        var commander = await db.Commanders.AsNoTracking().FirstOrDefaultAsync(row => row.CaseId == source, cancellationToken);
        var sum = FieldValues.Decimal(data["sumInsured"]) ?? 0;
        var least = (await parameters.ValueAsync(ParameterKeys.InsuranceSumMin, time.Today(), cancellationToken)).Decimal;
        var (from, until) = (FieldValues.Date(data["validFrom"]), FieldValues.Date(data["validUntil"]));
        var problem = commander is null ? "信息库中没有被保险的技术指挥官。"
            : sum < least ? string.Create(CultureInfo.InvariantCulture, $"保险金额 {sum:N2} 元低于规定的 {least:N0} 元/人（办法第二十条）。")
            : from is null || until is null || until < from ? "保险起止日期不完整或顺序有误。"
            : null;
        if (problem is not null)
        {
            return problem;
        }

        await AddAsync(
            new InsurancePolicy
            {
                CaseId = scope.Row.Id,
                CommanderId = commander!.Id,
                Insurer = FieldValues.Text(data["insurer"]) ?? "",
                PolicyNumber = FieldValues.Text(data["policyNumber"]) ?? "",
                SumInsured = sum,
                ValidFrom = from!.Value,
                ValidUntil = until!.Value,
            },
            cancellationToken);
        return null;
    }

    private async Task AddAsync(InsurancePolicy policy, CancellationToken cancellationToken)
    {
        db.InsurancePolicies.Add(policy);
        await reminders.ScheduleAsync(policy, cancellationToken);
        audit.Record("insurance.recorded", "commander", policy.CommanderId.ToString(), new
        {
            policy = policy.Id, sum = policy.SumInsured.ToString("0.00", CultureInfo.InvariantCulture), policy.ValidFrom, policy.ValidUntil,
        });
    }
}
