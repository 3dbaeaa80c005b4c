using System.Globalization;
using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Cases.Activities;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Insurance;
using Approvals.Core.Regulations;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Commanders;

/// <summary>登记保险 — records a commander's accident insurance from the approved form, T§20.</summary>
public sealed class RecordInsurance(
    ApprovalsDbContext db, RegulationParameters parameters, RemindOfExpiry reminders, AuditTrail audit, TimeProvider time)
{
    /// <summary>Records the policy within the caller's unit of work; a case records one.</summary>
    /// <returns>Null when it is recorded; otherwise why it cannot be, in Chinese.</returns>
    public async Task<string?> RecordAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        if (await db.InsurancePolicies.AnyAsync(row => row.CaseId == scope.Row.Id, cancellationToken))
        {
            return null;
        }

        var data = scope.Data;
        var source = Guid.TryParse(FieldValues.Text(data[StartCaseActivity.SourceField]), out var id) ? id : Guid.Empty;
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

        var policy = new InsurancePolicy
        {
            CaseId = scope.Row.Id,
            CommanderId = commander!.Id,
            Insurer = FieldValues.Text(data["insurer"]) ?? "",
            PolicyNumber = FieldValues.Text(data["policyNumber"]) ?? "",
            SumInsured = sum,
            ValidFrom = from!.Value,
            ValidUntil = until!.Value,
        };
        db.InsurancePolicies.Add(policy);
        await reminders.ScheduleAsync(policy, cancellationToken);
        audit.Record("insurance.recorded", "commander", commander.Id.ToString(), new
        {
            policy = policy.Id, sum = policy.SumInsured.ToString("0.00", CultureInfo.InvariantCulture), policy.ValidFrom, policy.ValidUntil,
        });
        return null;
    }
}
