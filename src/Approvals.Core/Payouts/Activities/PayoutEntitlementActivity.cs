using System.Globalization;
using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Designer;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Payouts.Activities;

/// <summary>登记应付 — makes an approved sum an entitlement that finance pays.</summary>
[Activity("Approvals", "PayoutEntitlement", Category = Categories.Payouts, DisplayName = "登记应付", GeneratedName = "登记应付", FinalOutcome = OutcomeAttribute.Done,
    Description = "审批同意后，把应付的款项登记给收款人，由财务汇总支付；须放在审批环节之后，同一笔不会登记两次。")]
public sealed class PayoutEntitlementActivity : Activity
{
    /// <summary>What for.</summary>
    [Input(DisplayName = "款项种类", UiHint = UiHints.RadioList, DefaultValue = nameof(EntitlementKind.Allowance), Order = 1,
        Options = ["Allowance=工作补助", "InsurancePremium=保险费", "Compensation=应急救援补偿", "ExpertFee=专家劳务报酬"],
        Description = "财务按种类和项目汇总。")]
    public Input<EntitlementKind> Kind { get; set; } = null!;

    /// <summary>Programme.</summary>
    [Input(DisplayName = "项目名称", Order = 2, Description = "印在支付凭证上的项目，例如“救援补偿”；不填则用流程名称。")]
    public Input<string> Programme { get; set; } = null!;

    /// <summary>Person or unit.</summary>
    [Input(DisplayName = "收款人", UiHint = UiHints.RadioList, DefaultValue = nameof(PayeeKind.Person), Order = 3,
        Options = ["Person=个人", "Unit=单位"], Description = "个人凭身份证号码，单位凭统一社会信用代码。")]
    public Input<PayeeKind> Payee { get; set; } = null!;

    /// <summary>Table of several payees.</summary>
    [Input(DisplayName = "多人名单字段", UiHint = UiHints.DropDown, OptionSource = OptionSources.Tables, Order = 4,
        Description = "一次登记多人时，选表单中的多行字段，下面三项填其中的列；只有一名收款人的不选。")]
    public Input<string> Rows { get; set; } = null!;

    /// <summary>Name.</summary>
    [Input(DisplayName = "姓名或名称", UiHint = UiHints.DropDown, OptionSource = OptionSources.FieldsAndColumns, DefaultValue = "name", Order = 5,
        Description = "收款人户名所在的字段；或切换为 JavaScript 写出取值。")]
    public Input<string> PayeeName { get; set; } = null!;

    /// <summary>Identity number or credit code.</summary>
    [Input(DisplayName = "证件号码", UiHint = UiHints.DropDown, OptionSource = OptionSources.FieldsAndColumns, DefaultValue = "identityNumber",
        Order = 6, Description = "身份证号码或统一社会信用代码所在的字段。")]
    public Input<string> IdentityNumber { get; set; } = null!;

    /// <summary>Amount.</summary>
    [Input(DisplayName = "金额（元）", UiHint = UiHints.DropDown, OptionSource = OptionSources.FieldsAndColumns, DefaultValue = "amount", Order = 7,
        Description = "金额所在的字段；或切换为 JavaScript 计算，例如 data.days * 200。最多两位小数。")]
    public Input<string> Amount { get; set; } = null!;

    /// <summary>Period.</summary>
    [Input(DisplayName = "所属期间", UiHint = UiHints.RadioList, DefaultValue = "month", Order = 8, Options = ["month=当月", "year=当年"],
        Description = "款项计入哪个期间。")]
    public Input<string> Period { get; set; } = null!;

    /// <summary>Basis.</summary>
    [Input(DisplayName = "依据", UiHint = UiHints.CheckList, OptionSource = OptionSources.BasisFiles, Order = 9,
        Description = "勾选作为依据的附件和文书，例如发票、验收单；财务付款时可以查看。")]
    public Input<string[]> Basis { get; set; } = null!;

    /// <summary>Numbers.</summary>
    [Output(DisplayName = "应付编号", Description = "登记的应付编号，多笔用顿号隔开。")]
    public Output<string> Numbers { get; set; } = null!;

    /// <summary>Sum.</summary>
    [Output(DisplayName = "合计金额", Description = "登记的金额合计，单位元。")]
    public Output<decimal> Total { get; set; } = null!;

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var scope = await CaseScope.LoadAsync(context);
        var services = context.Services;
        var db = services.GetRequiredService<ApprovalsDbContext>();

        // The approval may be the decision of this very transaction.
        await db.SaveChangesAsync(context.CancellationToken);
        var approval = await services.GetRequiredService<CaseApprovals>().LastAsync(scope.Row.Id, context.CancellationToken);
        if (approval is null)
        {
            context.Fault("业务件还没有审批同意，不能登记应付。", "no-approval");
            return;
        }

        var claims = ClaimReader.Read(scope.Data, context.Get(Rows), Source(context, PayeeName), Source(context, IdentityNumber), Source(context, Amount));
        if (claims.Problem is { } problem)
        {
            context.Fault(problem, "bad-input");
        }

        var plan = new ClaimPlan(
            scope.Row.Id, context.ActivityId, context.Get(Kind), scope.Row.ProcessKey,
            context.Get(Programme) is { Length: > 0 } programme ? programme.Trim() : scope.Row.ProcessName,
            PeriodOf(context), context.Get(Payee), await BasisFiles.OfAsync(db, scope.Row.Id, context.Get(Basis) ?? [], context.CancellationToken));
        var known = await KnownPeople.OfAsync(db, claims.Lines.Select(line => line.IdentityNumber), context.CancellationToken);
        var outcome = await services.GetRequiredService<GrantEntitlements>().GrantAsync(
            new GrantRequest(scope.Row.Id, approval, plan.Grants(claims.Lines, known)), context.CancellationToken);
        switch (outcome)
        {
            case GrantOutcome.Refused refused:
                context.Fault($"不能登记应付：{refused.Text}。", "refused");
                break;
            case GrantOutcome.Granted granted:
                Tell(context, scope, granted.Entitlements);
                break;
        }
    }

    /// <summary>A fixed value names a field; an expression is the value.</summary>
    private static ClaimSource Source(ActivityContext context, Input<string> input) => new(context.Get(input)?.Trim() ?? "", input.IsConstant);

    private string PeriodOf(ActivityContext context) => context.Clock.Today()
        .ToString(context.Get(Period) == "year" ? "yyyy" : "yyyy-MM", CultureInfo.InvariantCulture);

    private void Tell(ActivityContext context, CaseScope scope, IReadOnlyList<Entitlement> entitlements)
    {
        var total = entitlements.Sum(one => one.Amount);
        context.Set(Numbers, string.Join("、", entitlements.Select(one => one.Number)));
        context.Set(Total, total);
        var numbers = entitlements.Count <= 3
            ? string.Join("、", entitlements.Select(one => one.Number)) : $"{entitlements[0].Number} 等 {entitlements.Count} 笔";
        scope.AddEvent(
            "payout", context.Node.DisplayText,
            string.Create(CultureInfo.InvariantCulture, $"登记应付 {numbers}，合计 {total:N2} 元"));
    }
}
