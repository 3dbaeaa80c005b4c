using Approvals.Core.Calendar;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Missions;
using Approvals.Core.Payouts;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Compensation;

/// <summary>
/// Checks the form of a claim where its file cannot: event and days, invoices against every other claim, payee, responsible party; at the
/// audit, the cuts. Scoped.
/// </summary>
public sealed class CheckCompensation(ApprovalsDbContext db, HeldInvoices held, Numbering numbering, TimeProvider time) : IFormCheck
{
    /// <summary>Series whose row is the lock of the invoices: claims are submitted one after another.</summary>
    internal const string InvoiceLock = "compensation-invoices";

    /// <inheritdoc />
    public string Process => CompensationClaim.Process;

    /// <inheritdoc />
    public async Task<IReadOnlyList<FieldError>> ErrorsAsync(FormCheckInput input, CancellationToken cancellationToken)
    {
        var claim = CompensationClaim.Read(input.Data);
        var errors = new List<FieldError>();
        if (input.MayEdit("invoices"))
        {
            errors.AddRange(ProblemsOfParty(input));
            errors.AddRange(await ProblemsOfClaimAsync(input, claim, cancellationToken));
            errors.AddRange(await ProblemsOfPayeeAsync(input, cancellationToken));
        }

        if (input.MayEdit("cuts"))
        {
            errors.AddRange(CompensationRules.ProblemsOfCuts(claim));
        }

        return errors;
    }

    /// <summary>W四(一): "对没有责任单位或责任单位确实无力承担的" — who cannot pay is named, and how that is known.</summary>
    private static IEnumerable<FieldError> ProblemsOfParty(FormCheckInput input)
    {
        if (FieldValues.Text(input.Data["responsibility"]) != "unable")
            yield break;
        if (FieldValues.Text(input.Data["responsibleParty"]) is null)
            yield return new FieldError("responsibleParty", "责任单位", "请填写无力承担费用的责任单位名称", true);
        if (input.Form.Context.FilesOf("responsibilityFiles") == 0)
            yield return new FieldError("responsibilityFiles", "责任单位证明材料", "请上传责任单位确实无力承担的证明材料", true);
    }

    private async Task<IReadOnlyList<FieldError>> ProblemsOfClaimAsync(
        FormCheckInput input, CompensationClaim claim, CancellationToken cancellationToken)
    {
        var number = FieldValues.Text(input.Data["eventNumber"]);
        var row = await db.Events.AsNoTracking().FirstOrDefaultAsync(one => one.Number == number, cancellationToken);
        if (row is null)
            return [new FieldError("eventNumber", "事件编号", "没有这个编号的突发事件，请对照出动指令核对，形如 TFSJ-2026-0001")];
        var errors = CompensationRules.ProblemsOfInvoices(
            claim, PeriodOf(row, time.Today()), input.Form.Context.FilesOf("invoiceFiles")).ToList();

        // Race closed: two claims name one invoice at once. Submissions hold this row until they commit, so the second sees the first's
        // invoices; the unique index on the key stands behind.
        await numbering.NextAsync(InvoiceLock, cancellationToken);
        var others = await held.ByOthersAsync(input.CaseId, [.. claim.Lines.Select(line => line.Key)], cancellationToken);
        errors.AddRange(claim.Lines.Where(line => others.ContainsKey(line.Key)).Select(line => new FieldError(
            $"invoices[{line.Place - 1}].number", $"费用明细第 {line.Place} 行",
            $"第 {line.Place} 行：发票 {line.Number} 已由业务件 {others[line.Key]} 申请，一张发票只能申请一次")));
        return errors;
    }

    private async Task<IReadOnlyList<FieldError>> ProblemsOfPayeeAsync(FormCheckInput input, CancellationToken cancellationToken)
    {
        var code = IdentityCode.Normalise(FieldValues.Text(input.Data["creditCode"]));
        if (IdentityCode.ProblemOf(PayeeKind.Unit, code, time.Today()) is { } problem)
            return [new FieldError("creditCode", "统一社会信用代码", problem)];
        var name = await db.Payees.AsNoTracking().Where(row => row.IdentityNumber == code).Select(row => row.Name)
            .FirstOrDefaultAsync(cancellationToken);
        return name is null || name == FieldValues.Text(input.Data["payeeName"])?.Trim()
            ? []
            : [new FieldError("payeeName", "收款单位", $"该统一社会信用代码已登记在“{name}”名下，请核对名称和代码")];
    }

    /// <summary>Days of an event in China: to today while it is open.</summary>
    internal static RescuePeriod PeriodOf(EmergencyEvent row, DateOnly today) =>
        new(ChinaTime.DateOf(row.StartedAt), row.ClosedAt is { } closed ? ChinaTime.DateOf(closed) : today);
}
