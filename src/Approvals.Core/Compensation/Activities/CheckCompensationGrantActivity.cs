using Approvals.Core.Cases;
using Approvals.Core.Payouts;
using Approvals.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Compensation.Activities;

/// <summary>
/// 核对补偿应付 — asks whether the signed claim can be granted, before a numbered letter tells the unit what is paid. Stands between the
/// leader's signature and the letter.
/// </summary>
[Activity("Approvals", "CheckCompensationGrant", Category = Categories.Payouts, DisplayName = "核对补偿应付", GeneratedName = "核对补偿应付",
    Description = "制发核定通知书之前，核对签批的补偿能否登记应付（收款单位、经办和审批人员、是否已登记）；核对不通过的走“不能登记”，不发通知书。")]
[Outcome(Grantable, "可以登记")]
[Outcome(Refused)]
public sealed class CheckCompensationGrantActivity : Activity
{
    /// <summary>Outcome when it can be granted, or there is nothing to grant.</summary>
    public const string Grantable = "Done";

    /// <summary>Outcome when the grant would be refused.</summary>
    public const string Refused = "不能登记";

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var scope = await CaseScope.LoadAsync(context);
        IReadOnlyList<GrantProblem> problems;
        try
        {
            problems = await context.Services.GetRequiredService<GrantCompensation>().CheckAsync(scope, context.CancellationToken);
        }
        catch (FormatException problem)
        {
            context.Fault(problem.Message, "bad-claim");
            throw;
        }

        if (problems.Count > 0)
        {
            scope.AddEvent("rejected", context.Node.DisplayText, "不能登记应付", new GrantOutcome.Refused(problems).Text);
            await context.CompleteAsync(Refused);
            return;
        }

        await context.CompleteAsync(Grantable);
    }
}
