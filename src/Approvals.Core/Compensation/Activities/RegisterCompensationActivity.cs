using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Notifications;
using Approvals.Core.Payouts;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Compensation.Activities;

/// <summary>
/// 登记补偿申请 — runs in the transaction of the submission: the claim takes its invoices, the payee is entered so that its account can
/// be given, and the facts of the event are written beside the claim for the check.
/// </summary>
[Activity("Approvals", "RegisterCompensation", Category = Categories.Payouts, DisplayName = "登记补偿申请", GeneratedName = "登记补偿申请",
    Description = "登记申请的发票（同一张发票在任何业务件中只能申请一次）和收款单位，并写入突发事件的名称和起止日期，供核查使用。")]
public sealed class RegisterCompensationActivity : Activity
{
    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var scope = await CaseScope.LoadAsync(context);
        var services = context.Services;
        var db = services.GetRequiredService<ApprovalsDbContext>();
        var claim = CompensationClaim.Read(scope.Data);
        var held = services.GetRequiredService<HeldInvoices>();
        var former = await held.FormerAsync(scope.Row.Id, [.. claim.Lines.Select(line => line.Key)], context.CancellationToken);
        await held.TakeAsync(scope.Row.Id, claim.Lines, context.CancellationToken);
        var payee = await EnterPayeeAsync(services, scope, context.CancellationToken);

        var number = FieldValues.Text(scope.Data["eventNumber"]);
        var row = await db.Events.AsNoTracking().FirstOrDefaultAsync(one => one.Number == number, context.CancellationToken);
        if (row is null)
        {
            context.Fault($"没有编号为 {number} 的突发事件，请退回申请人更正。", "no-event");
            return;
        }

        var period = CheckCompensation.PeriodOf(row, context.Clock.Today());
        var data = scope.Data.DeepClone().AsObject();
        data["eventName"] = row.Name;
        data["eventFrom"] = FieldValues.Node(period.From);
        data["eventUntil"] = FieldValues.Node(period.Until);
        data["formerClaims"] = string.Join("、", former);
        scope.SetData(data);
        scope.AddEvent("register", context.Node.DisplayText, $"登记发票 {claim.Lines.Count} 张，申请 {CompensationRules.Yuan(claim.Claimed)} 元");
        if (!await db.PayeeAccounts.AnyAsync(one => one.PayeeId == payee.Id && one.ReplacedAt == null, context.CancellationToken))
        {
            services.GetRequiredService<Notifier>().Tell(
                scope.Row.StarterId, $"请登记收款单位“{payee.Name}”的收款账户，没有账户的补偿款不能支付",
                $"/compensation/{scope.Row.Id}/account", "登记收款账户");
        }

        await context.CompleteAsync("Done");
    }

    private static async Task<Payee> EnterPayeeAsync(IServiceProvider services, CaseScope scope, CancellationToken cancellationToken)
    {
        var reference = await services.GetRequiredService<GrantCompensation>().PayeeOfAsync(scope, cancellationToken);
        var entered = await services.GetRequiredService<Payees>().EnsureAsync([reference], cancellationToken);
        await services.GetRequiredService<ApprovalsDbContext>().SaveChangesAsync(cancellationToken);
        return entered[IdentityCode.Normalise(reference.IdentityNumber)];
    }
}
