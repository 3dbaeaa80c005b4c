using Approvals.Core.Cases;
using Approvals.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Commanders.Activities;

/// <summary>登记保险 — writes the approved policy into the information base, T§20.</summary>
[Activity("Approvals", "RecordInsurance", Category = Categories.Payouts, DisplayName = "登记保险", GeneratedName = "登记保险",
    Description = "把审批通过的意外伤害保险登记到技术指挥官信息库；保险金额低于法规参数的不予登记。")]
public sealed class RecordInsuranceActivity : Activity
{
    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var scope = await CaseScope.LoadAsync(context);
        var problem = await context.Services.GetRequiredService<RecordInsurance>().RecordAsync(scope, context.CancellationToken);
        if (problem is not null)
        {
            context.Fault(problem, "insurance");
        }

        scope.AddEvent("register", context.Node.DisplayText, "意外伤害保险已登记入信息库");
    }
}
