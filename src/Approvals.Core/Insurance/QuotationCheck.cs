using System.Text.Json.Nodes;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Payouts;
using Approvals.Documents.Text;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Insurance;

/// <summary>Judges a quotation (报价): the insurer can be paid, the period lies ahead, everyone on the roster still needs it.</summary>
public sealed class QuotationCheck(ApprovalsDbContext db, InsuranceRoster roster, InsuredPeople insured) : IFormCheck
{
    /// <inheritdoc />
    public string Process => OpenPurchase.Process;

    /// <inheritdoc />
    public async Task<IReadOnlyList<FieldError>> ErrorsAsync(FormCheckInput input, CancellationToken cancellationToken)
    {
        var errors = new List<FieldError>();
        if (!input.MayEdit("insurerCode"))
        {
            return errors;
        }

        var (caseId, data, context) = (input.CaseId, input.Data, input.Form.Context);
        await InsurerAsync(data, context.Today, errors, cancellationToken);
        if (FieldValues.Date(data["validUntil"]) is { } until && until < context.Today)
        {
            errors.Add(new FieldError("validUntil", "保险止期", $"“保险止期”已过（今天是 {InsuranceWords.Day(context.Today)}），请核对"));
        }

        if (FieldValues.Decimal(data["premium"]) * FieldValues.Decimal(data["personCount"]) >= RmbCapital.Limit)
        {
            errors.Add(new FieldError("premium", "每人保险费（元）", "保险费合计超出可以书写的范围，请核对"));
        }

        // A list may be drawn up for a day to come; who lacks cover then is insured rightly although still covered today.
        var day = FieldValues.Date(data["rosterDay"]) is { } listed && listed > context.Today ? listed : context.Today;
        await MembersAsync(caseId, day, errors, cancellationToken);
        await OverlapsAsync(caseId, data, context.Today, errors, cancellationToken);
        return errors;
    }

    private async Task InsurerAsync(JsonObject data, DateOnly today, List<FieldError> errors, CancellationToken cancellationToken)
    {
        var code = IdentityCode.Normalise(FieldValues.Text(data["insurerCode"]) ?? "");
        if (IdentityCode.ProblemOf(PayeeKind.Unit, code, today) is { } problem)
        {
            errors.Add(new FieldError("insurerCode", "统一社会信用代码", problem));
            return;
        }

        var known = await db.Payees.AsNoTracking().Where(row => row.IdentityNumber == code).Select(row => row.Name)
            .FirstOrDefaultAsync(cancellationToken);
        if (known is not null && known != FieldValues.Text(data["insurer"])?.Trim())
        {
            errors.Add(new FieldError("insurer", "承保机构", $"该统一社会信用代码登记的收款人是“{known}”，请核对名称或代码"));
        }
    }

    private async Task MembersAsync(Guid caseId, DateOnly day, List<FieldError> errors, CancellationToken cancellationToken)
    {
        var members = await db.InsuranceMembers.AsNoTracking().Where(row => row.CaseId == caseId && row.LeftOutReason == null)
            .OrderBy(row => row.Name).ToListAsync(cancellationToken);
        var ids = members.ConvertAll(row => row.CommanderId);
        var commanders = await db.Commanders.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken);
        var lacking = (await roster.OfAsync(commanders, day, cancellationToken)).Select(one => one.Commander.Id).ToHashSet();
        var covered = members.Where(row => !lacking.Contains(row.CommanderId)).Select(row => row.Name).ToList();
        if (covered.Count > 0)
        {
            errors.Add(new FieldError(
                "members", "投保名单", $"{string.Join("、", covered)}已有有效保险，请在“意外保险—投保”中移出名单后再提交"));
        }
    }

    /// <summary>Cover that was bought already and begins later: nobody is paid for twice. What ends soon is followed, row by row.</summary>
    private async Task OverlapsAsync(
        Guid caseId, JsonObject data, DateOnly today, List<FieldError> errors, CancellationToken cancellationToken)
    {
        if (FieldValues.Date(data["validFrom"]) is not { } first || FieldValues.Date(data["validUntil"]) is not { } last)
        {
            return;
        }

        var least = await roster.LeastAsync(today, cancellationToken);
        var members = await db.InsuranceMembers.AsNoTracking().Where(row => row.CaseId == caseId && row.LeftOutReason == null)
            .OrderBy(row => row.Name).ToListAsync(cancellationToken);
        var people = await insured.OfAsync(members.ConvertAll(row => row.CommanderId), cancellationToken);
        var entries = people.Keys.ToList();
        var later = await InsuredPeople.PoliciesAsync(
            people,
            db.InsurancePolicies.AsNoTracking().Where(policy => entries.Contains(policy.CommanderId) && policy.CaseId != caseId
                && policy.ValidFrom > today && policy.ValidFrom <= last && policy.ValidUntil >= first),
            cancellationToken);
        foreach (var member in members)
        {
            if (later[member.CommanderId].Where(policy => policy.SumInsured >= least).MinBy(policy => policy.ValidFrom) is { } bought)
            {
                errors.Add(new FieldError(
                    "validUntil", "保险止期",
                    $"{member.Name}已购买自 {InsuranceWords.Day(bought.ValidFrom)} 起的保险，期间重叠，请移出名单或者调整期间"));
                return;
            }
        }
    }
}
