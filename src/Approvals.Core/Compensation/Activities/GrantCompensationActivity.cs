using Approvals.Core.Cases;
using Approvals.Core.Payouts;
using Approvals.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Compensation.Activities;

/// <summary>登记补偿应付 — turns the signed claim into one entitlement; a claim cut to nothing leads to the other exit.</summary>
[Activity("Approvals", "GrantCompensation", Category = Categories.Payouts, DisplayName = "登记补偿应付", GeneratedName = "登记补偿应付", FinalOutcome = Granted,
    Description = "把签批的应急救援补偿登记为一笔应付，列明每行的申请、核减和理由；全部核减的走“核减为零”，核对不通过的走“不能登记”。")]
[Outcome(Granted, "已登记")]
[Outcome(Nothing)]
[Outcome(Refused)]
public sealed class GrantCompensationActivity : Activity
{
    /// <summary>Outcome when granted.</summary>
    public const string Granted = "Done";

    /// <summary>Outcome when everything was cut.</summary>
    public const string Nothing = "核减为零";

    /// <summary>Outcome when the kernel refused, e.g. by four eyes.</summary>
    public const string Refused = "不能登记";

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var scope = await CaseScope.LoadAsync(context);
        GrantOutcome? outcome;
        try
        {
            outcome = await context.Services.GetRequiredService<GrantCompensation>().GrantAsync(scope, context.CancellationToken);
        }
        catch (FormatException problem)
        {
            context.Fault(problem.Message, "bad-claim");
            throw;
        }

        switch (outcome)
        {
            case null:
                scope.AddEvent("register", context.Node.DisplayText, "申请全部核减，没有应付金额");
                await context.CompleteAsync(Nothing);
                break;
            case GrantOutcome.Refused refused:
                scope.AddEvent("rejected", context.Node.DisplayText, "不能登记应付", refused.Text);
                await context.CompleteAsync(Refused);
                break;
            case GrantOutcome.Granted granted:
                var one = granted.Entitlements.Single();
                scope.AddEvent("payout", context.Node.DisplayText, $"登记应付 {one.Number}，{CompensationRules.Yuan(one.Amount)} 元");
                await context.CompleteAsync(Granted);
                break;
        }
    }
}
