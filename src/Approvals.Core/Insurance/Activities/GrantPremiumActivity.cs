using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Payouts;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Insurance.Activities;

/// <summary>登记保险费应付 — makes the signed quotation an entitlement of the insurer and lays out the policies to be recorded.</summary>
[Activity("Approvals", "GrantPremium", Category = Categories.Payouts, DisplayName = "登记保险费应付", GeneratedName = "登记保险费应付", FinalOutcome = Granted,
    Description = "把签批的保险费登记为承保机构的应付款，名单作为计算过程，并为名单中的每个人备好待登记的保险单；不能登记的走“未登记”。")]
[Outcome(Granted, "已登记")]
[Outcome(Refused)]
public sealed class GrantPremiumActivity : Activity
{
    /// <summary>Outcome when granted.</summary>
    public const string Granted = "Done";

    /// <summary>Outcome when the kernel refuses.</summary>
    public const string Refused = "未登记";

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var scope = await CaseScope.LoadAsync(context);
        GrantOutcome outcome;
        try
        {
            outcome = await context.Services.GetRequiredService<GrantPremium>().GrantAsync(scope, context.CancellationToken);
        }
        catch (FormatException problem)
        {
            context.Fault(problem.Message, "no-quotation");
            throw;
        }

        if (outcome is GrantOutcome.Refused refused)
        {
            scope.AddEvent("rejected", context.Node.DisplayText, "不能登记应付", refused.Text);
            await context.CompleteAsync(Refused);
            return;
        }

        await LayOutAsync(context, scope);
        var granted = ((GrantOutcome.Granted)outcome).Entitlements[0];
        scope.AddEvent("register", context.Node.DisplayText, "登记应付 1 笔", granted.Number);
        await context.CompleteAsync(Granted);
    }

    /// <summary>A row for each person, with the quoted sum and period; cover there is goes on to its end first.</summary>
    private static async Task LayOutAsync(ActivityContext context, CaseScope scope)
    {
        var data = scope.Data.DeepClone().AsObject();
        if (data["policies"] is not null)
        {
            return;
        }

        var db = context.Services.GetRequiredService<ApprovalsDbContext>();
        var members = await db.InsuranceMembers.AsNoTracking()
            .Where(row => row.CaseId == scope.Row.Id && row.LeftOutReason == null).OrderBy(row => row.Name).ThenBy(row => row.Id)
            .ToListAsync(context.CancellationToken);
        var (from, until) = (FieldValues.Date(data["validFrom"])!.Value, FieldValues.Date(data["validUntil"])!.Value);
        data["policies"] = new JsonArray([.. members.Select(row =>
        {
            var later = row.Gap == CoverGap.Ending && row.CoveredUntil >= from ? row.CoveredUntil.Value.AddDays(1) : from;
            return (JsonNode)new JsonObject
            {
                ["name"] = row.Name,
                ["sumInsured"] = data["sumInsured"]?.DeepClone(),
                ["validFrom"] = FieldValues.Node(later),
                ["validUntil"] = FieldValues.Node(later > from ? until.AddDays(later.DayNumber - from.DayNumber) : until),
                ["scan"] = 1,
            };
        })]);
        scope.SetData(data);
    }
}
