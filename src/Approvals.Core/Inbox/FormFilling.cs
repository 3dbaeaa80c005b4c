using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Designer;
using Approvals.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Inbox;

/// <summary>填写表单 — people fill in or correct a form and submit it. The first one of a process is the application.</summary>
[Activity("Approvals", "FormFilling", Category = Categories.Approval, DisplayName = "填写表单", GeneratedName = "填写", CanWait = true,
    Description = "由指定人员填写或更正表单并提交。流程的第一个填写步骤就是申请；退回到此时由原申请人更正。")]
[Outcome(Submitted, "提交")]
public sealed class FormFilling : StepActivity
{
    /// <summary>Participant specifications.</summary>
    [Input(DisplayName = "填写人", UiHint = UiHints.CheckList, OptionSource = OptionSources.Participants, Order = 1,
        InitialValue = """["applicant"]""", Description = "勾选由谁填写，可多选；有一人提交即可。")]
    public Input<string[]> Who { get; set; } = null!;

    /// <summary>Form file.</summary>
    [Input(DisplayName = "表单", UiHint = UiHints.DropDown, OptionSource = OptionSources.Forms, DefaultValue = "application", Order = 2,
        Description = "要填写的表单，从本流程的表单中选择。")]
    public Input<string> Form { get; set; } = null!;

    /// <summary>Field rights.</summary>
    [Input(DisplayName = "字段权限", UiHint = UiHints.DropDown, OptionSource = OptionSources.FieldRights, Order = 3,
        Description = "填写人可以填写哪些字段，按表单中为各环节设定的权限；不选则按本环节自己的设定，没有设定的只能查看。")]
    public Input<string> RightsKey { get; set; } = null!;

    /// <summary>Working days.</summary>
    [Input(DisplayName = "办理期限（工作日）", DefaultValue = 0, Order = 4, Description = "0 表示不限期。到期前一天提醒。")]
    public Input<int> DeadlineDays { get; set; } = null!;

    /// <summary>Signature needed.</summary>
    [Input(DisplayName = "需要签名", DefaultValue = false, Order = 5, Description = "签名并再次输入密码或动态码。")]
    public Input<bool> RequiresSignature { get; set; } = null!;

    /// <summary>Help.</summary>
    [Input(DisplayName = "办理提示", UiHint = UiHints.MultiLine, Order = 6, Description = "显示给填写人的一句话。")]
    public Input<string> Help { get; set; } = null!;

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var scope = await CaseScope.LoadAsync(context);
        var pending = context.Services.GetRequiredService<PendingSubmission>();
        if (pending.Take(scope.Row.Id, context.ActivityId) is { } applicant)
        {
            var form = context.Get(Form) ?? "application";
            await context.Services.GetRequiredService<RecordSubmission>().RecordAsync(context, scope, form, RightsOf(context), applicant);
            await context.CompleteAsync(Submitted);
            return;
        }

        var options = new StepOptions(
            "提交", null, false, false, context.Get(RequiresSignature), false, context.Get(Help), [], false);
        var request = new StepRequest(
            StepKind.Form,
            context.Get(Who) ?? ["applicant"],
            StepMode.Any,
            100,
            context.Get(Form) ?? "application",
            RightsOf(context),
            options,
            context.Get(DeadlineDays),
            "remind",
            []);
        await context.Services.GetRequiredService<OpenStep>().OpenAsync(context, scope, request);
    }

    private string RightsOf(ActivityContext context) =>
        context.Get(RightsKey) is { Length: > 0 } key ? key : context.ActivityId;
}
