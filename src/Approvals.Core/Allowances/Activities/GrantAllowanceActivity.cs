using Approvals.Core.Cases;
using Approvals.Core.Payouts;
using Approvals.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Allowances.Activities;

/// <summary>登记补助应付 — turns the signed claim into entitlements; days that were paid elsewhere meanwhile lead to the other exit.</summary>
[Activity("Approvals", "GrantAllowance", Category = Categories.Payouts, DisplayName = "登记补助应付", GeneratedName = "登记补助应付", FinalOutcome = Granted,
    Description = "把签批的工作补助登记为应付，计入人日台账；审批期间有日期已由其他业务件计发的，走“重复”。")]
[Outcome(Granted, "已登记")]
[Outcome(Conflict)]
public sealed class GrantAllowanceActivity : Activity
{
    /// <summary>Outcome when granted.</summary>
    public const string Granted = "Done";

    /// <summary>Outcome when a day was granted to another case meanwhile.</summary>
    public const string Conflict = "重复";

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var scope = await CaseScope.LoadAsync(context);
        GrantOutcome outcome;
        try
        {
            outcome = await context.Services.GetRequiredService<GrantAllowance>().GrantAsync(scope, context.CancellationToken);
        }
        catch (FormatException problem)
        {
            context.Fault(problem.Message, "no-claim");
            throw;
        }

        if (outcome is GrantOutcome.Refused refused)
        {
            scope.AddEvent("rejected", context.Node.DisplayText, "不能登记应付", refused.Text);
            await context.CompleteAsync(Conflict);
            return;
        }

        var granted = ((GrantOutcome.Granted)outcome).Entitlements;
        scope.AddEvent(
            "register", context.Node.DisplayText, $"登记应付 {granted.Count} 笔",
            string.Join("、", granted.Select(one => one.Number)));
        await context.CompleteAsync(Granted);
    }
}
