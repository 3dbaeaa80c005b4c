using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Insurance.Activities;

/// <summary>拟定投保名单 — the roster of a purchase: as chosen on the page, the appointed commander, or everyone without cover.</summary>
[Activity("Approvals", "InsuranceRoster", Category = Categories.Payouts, DisplayName = "拟定投保名单", GeneratedName = "拟定投保名单",
    Description = "列出没有有效意外伤害保险的在聘人员（办法第二十条）：在投保页面选定的按选定，聘任后发起的只列该人，其他的列全部；无人需要投保的走“无需投保”。")]
[Outcome(Listed, "已列名单")]
[Outcome(Nobody)]
public sealed class InsuranceRosterActivity : Activity
{
    /// <summary>Outcome when there is somebody to insure.</summary>
    public const string Listed = "Done";

    /// <summary>Outcome when nobody needs insurance.</summary>
    public const string Nobody = "无需投保";

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var scope = await CaseScope.LoadAsync(context);
        var db = context.Services.GetRequiredService<ApprovalsDbContext>();
        var cancellationToken = context.CancellationToken;
        await db.SaveChangesAsync(cancellationToken);
        var chosen = await db.InsuranceMembers.CountAsync(
            row => row.CaseId == scope.Row.Id && row.LeftOutReason == null, cancellationToken);
        if (chosen == 0)
        {
            // Race closed: another purchase insures the same people at once. Rosters are entered one after another.
            await context.Services.GetRequiredService<Numbering>().NextAsync(PurchaseData.RosterLock, cancellationToken);
            chosen = await ListAsync(context, scope, db, cancellationToken);
        }

        if (chosen == 0)
        {
            scope.AddEvent("register", context.Node.DisplayText, "没有需要投保的人员");
            await context.CompleteAsync(Nobody);
            return;
        }

        scope.AddEvent("register", context.Node.DisplayText, $"投保名单 {chosen} 人");
        await context.CompleteAsync(Listed);
    }

    private static async Task<int> ListAsync(
        ActivityContext context, CaseScope scope, ApprovalsDbContext db, CancellationToken cancellationToken)
    {
        var roster = context.Services.GetRequiredService<InsuranceRoster>();
        var day = context.Clock.Today();
        var source = InsuranceRoster.SourceOf(scope.Data);
        var lines = source is { } appointment
            ? await roster.OfAsync(
                await db.Commanders.AsNoTracking().Where(row => row.CaseId == appointment).ToListAsync(cancellationToken), day, cancellationToken)
            : await roster.OnAsync(day, cancellationToken);
        var insured = lines.Where(one => one.Purchase is null || one.Purchase.CaseId == scope.Row.Id).ToList();
        if (insured.Count > 0)
        {
            var data = scope.Data.DeepClone().AsObject();
            PurchaseData.Enter(db, scope.Row.Id, data, day, await roster.LeastAsync(day, cancellationToken), insured, []);
            scope.SetData(data);
            scope.Row.SubjectName = PurchaseData.Subject(insured);
        }

        return insured.Count;
    }
}
