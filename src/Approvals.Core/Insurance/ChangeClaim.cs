using System.Globalization;
using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Insurance;

/// <summary>What the insurer did, as typed.</summary>
/// <param name="Next">Decided, Paid or Refused.</param>
/// <param name="On">Day.</param>
/// <param name="Sum">Yuan decided or paid; not for a refusal.</param>
/// <param name="Text">Decision or grounds in words; not for a payment.</param>
public sealed record ClaimStep(InsuranceClaimState Next, string? On, string? Sum, string? Text)
{
    /// <summary>Whether a claim may go on so: decided or refused while open, paid once decided.</summary>
    public bool Follows(InsuranceClaimState state) => Next switch
    {
        InsuranceClaimState.Decided or InsuranceClaimState.Refused => state == InsuranceClaimState.Open,
        InsuranceClaimState.Paid => state == InsuranceClaimState.Decided,
        _ => false,
    };

    /// <summary>Problems beside their fields. Pure.</summary>
    /// <param name="claim">The claim as it stands.</param>
    /// <param name="insured">Sum of its policy.</param>
    /// <param name="today">Today in China.</param>
    public IReadOnlyList<FieldError> ErrorsFor(InsuranceClaim claim, decimal insured, DateOnly today)
    {
        if (!Follows(claim.State))
            return [new FieldError("", "理赔", $"理赔已是“{InsuranceWords.Of(claim.State)}”，请刷新后再办理")];
        var errors = new List<FieldError>();
        var label = Next == InsuranceClaimState.Paid ? "赔付日期" : "核定日期";
        var earliest = Next == InsuranceClaimState.Paid ? claim.DecidedOn!.Value : claim.AccidentOn;
        if (ClaimFields.DayProblem(label, On, today) is { } wrong)
            errors.Add(new FieldError("on", label, wrong));
        else if (ClaimFields.Day(On) < earliest)
            errors.Add(new FieldError("on", label, $"“{label}”不能早于 {InsuranceWords.Day(earliest)}"));
        var (most, mostIs) = Next == InsuranceClaimState.Paid ? (claim.DecidedSum!.Value, "核定金额") : (insured, "保险金额");
        if (Next != InsuranceClaimState.Refused
            && ClaimFields.SumProblem(Next == InsuranceClaimState.Paid ? "赔付金额" : "核定金额", Sum, most, mostIs) is { } sum)
        {
            errors.Add(new FieldError("sum", "金额", sum));
        }

        if (Next != InsuranceClaimState.Paid
            && ClaimFields.TextProblem(Next == InsuranceClaimState.Refused ? "拒赔理由" : "核定意见", Text) is { } text)
        {
            errors.Add(new FieldError("text", "核定意见", text));
        }

        return errors;
    }
}

/// <summary>登记核定、赔付、拒赔 — what the insurer decided and paid.</summary>
public sealed class ChangeClaim(
    ApprovalsDbContext db, UnitOfWork unitOfWork, InsuranceAccess access, ClaimNews news, AuditTrail audit, TimeProvider time)
{
    /// <summary>Records the insurer's step.</summary>
    public Task<ClaimOutcome> ChangeAsync(Guid claimId, ClaimStep step, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            // Race closed: two who record a decision at once. The claim's row is locked first, so the second sees the first's state.
            var locked = await db.InsuranceClaims.Where(row => row.Id == claimId)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.RowVersion, row => row.RowVersion + 1), cancellationToken);
            if (locked == 0 || !access.MayRecord)
            {
                scope.Abort();
                return new ClaimOutcome.NotAllowed();
            }

            var claim = await db.InsuranceClaims.SingleAsync(row => row.Id == claimId, cancellationToken);
            var insured = await db.InsurancePolicies.Where(row => row.Id == claim.PolicyId).Select(row => row.SumInsured)
                .SingleAsync(cancellationToken);
            if (step.ErrorsFor(claim, insured, time.Today()) is { Count: > 0 } errors)
            {
                scope.Abort();
                return new ClaimOutcome.Invalid(errors);
            }

            Apply(claim, step);
            claim.RowVersion++;
            await news.TellAsync(claim, $"您的意外伤害保险理赔 {claim.Number}：{InsuranceWords.Of(claim.State)}", cancellationToken);
            audit.Record("insurance.claim-changed", "insurance-claim", claim.Id.ToString(), new
            {
                state = claim.State.ToString(), on = ClaimFields.Day(step.On),
                sum = ClaimFields.Sum(step.Sum)?.ToString("0.00", CultureInfo.InvariantCulture),
            });
            return (ClaimOutcome)new ClaimOutcome.Done(claim.Id, claim.Number);
        },
        cancellationToken);

    private static void Apply(InsuranceClaim claim, ClaimStep step)
    {
        var day = ClaimFields.Day(step.On);
        claim.State = step.Next;
        if (step.Next == InsuranceClaimState.Paid)
        {
            (claim.PaidOn, claim.PaidSum) = (day, ClaimFields.Sum(step.Sum));
            return;
        }

        (claim.DecidedOn, claim.Decision) = (day, step.Text!.Trim());
        claim.DecidedSum = step.Next == InsuranceClaimState.Decided ? ClaimFields.Sum(step.Sum) : null;
    }
}
