using Approvals.Core.Cases;
using Approvals.Core.Designer;
using Approvals.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Inbox;

/// <summary>审批环节 — people approve, refuse or return the case, each with opinion and signature.</summary>
[Activity("Approvals", "ApprovalStep", Category = Categories.Approval, DisplayName = "审批环节", GeneratedName = "审批", Kind = ActivityKind.Action,
    CanWait = true, Description = "由指定人员审批：同意、不同意或退回；多人时可或签、会签、依次办理、票签。")]
[Outcome(Approved)]
[Outcome(Rejected)]
public sealed class ApprovalStep : StepActivity
{
    /// <summary>Participant specifications.</summary>
    [Input(DisplayName = "办理人", UiHint = UiHints.CheckList, OptionSource = OptionSources.Participants, Order = 1,
        InitialValue = """["head@owner"]""",
        Description = "勾选由谁办理，可多选。按业务件确定到人：例如“承办处室负责人”就是承办这件业务的处室的负责人。")]
    public Input<string[]> Who { get; set; } = null!;

    /// <summary>How several answers become one.</summary>
    [Input(DisplayName = "办理方式", UiHint = UiHints.RadioList, DefaultValue = "Any", Order = 2,
        Options = ["Any=或签（一人办理即可）", "All=会签（全部同意）", "Sequence=依次办理", "Vote=票签（达到比例）"],
        Description = "有多名办理人时如何得出结果。会签有一人不同意即结束。")]
    public Input<string> Mode { get; set; } = null!;

    /// <summary>票签 threshold.</summary>
    [Input(DisplayName = "通过比例（%）", DefaultValue = 100, Order = 3, Description = "仅票签使用：同意票占全部投票人的比例，弃权不算同意。")]
    public Input<int> ThresholdPercent { get; set; } = null!;

    /// <summary>Form file.</summary>
    [Input(DisplayName = "表单", UiHint = UiHints.DropDown, OptionSource = OptionSources.Forms, DefaultValue = "application", Order = 4,
        Description = "办理人看到的表单，从本流程的表单中选择。")]
    public Input<string> Form { get; set; } = null!;

    /// <summary>Field rights.</summary>
    [Input(DisplayName = "字段权限", UiHint = UiHints.DropDown, OptionSource = OptionSources.FieldRights, Order = 5,
        Description = "办理人可以填写、只能查看或看不到哪些字段，按表单中为各环节设定的权限；不选则按本环节自己的设定，没有设定的只能查看。")]
    public Input<string> RightsKey { get; set; } = null!;

    /// <summary>Working days.</summary>
    [Input(DisplayName = "办理期限（工作日）", DefaultValue = 0, Order = 6, Description = "0 表示不限期。到期前一天提醒。")]
    public Input<int> DeadlineDays { get; set; } = null!;

    /// <summary>Outcome on deadline.</summary>
    [Input(DisplayName = "到期处理", UiHint = UiHints.RadioList, DefaultValue = "remind", Order = 7,
        Options = ["remind=提醒办理人", "approve=自动同意", "reject=自动不同意"], Description = "自动结果在办理记录中标明“系统自动”。")]
    public Input<string> OnDeadline { get; set; } = null!;

    /// <summary>Caption of the approving button.</summary>
    [Input(DisplayName = "同意按钮文字", DefaultValue = Approved, Order = 8, Description = "例如“同意推荐”。")]
    public Input<string> ApproveLabel { get; set; } = null!;

    /// <summary>Caption of the refusing button.</summary>
    [Input(DisplayName = "不同意按钮文字", DefaultValue = Rejected, Order = 9, Description = "留空则此环节不能不同意。")]
    public Input<string> RejectLabel { get; set; } = null!;

    /// <summary>Return offered.</summary>
    [Input(DisplayName = "允许退回", DefaultValue = true, Order = 10, Description = "办理人可退回申请人或之前任一环节。")]
    public Input<bool> CanReturn { get; set; } = null!;

    /// <summary>After a return.</summary>
    [Input(DisplayName = "退回后", UiHint = UiHints.RadioList, DefaultValue = "rerun", Order = 11,
        Options = ["rerun=重新经过中间各环节", "straight=直接回到本环节"], Description = "办理人退回前会看到这一说明。")]
    public Input<string> AfterReturn { get; set; } = null!;

    /// <summary>Signature needed.</summary>
    [Input(DisplayName = "需要签名", DefaultValue = true, Order = 12, Description = "签名并再次输入密码或动态码。")]
    public Input<bool> RequiresSignature { get; set; } = null!;

    /// <summary>Opinion needed when approving, too.</summary>
    [Input(DisplayName = "同意也须填写意见", DefaultValue = false, Order = 13, Description = "不同意和退回总须填写意见。")]
    public Input<bool> RequiresOpinion { get; set; } = null!;

    /// <summary>Waivers granted here.</summary>
    [Input(DisplayName = "可批准放宽条件", DefaultValue = false, Order = 14,
        Description = "允许办理人书面说明理由，批准放宽可放宽的条件（如特殊行业专业优秀人才的年龄）。")]
    public Input<bool> GrantsWaivers { get; set; } = null!;

    /// <summary>Copies.</summary>
    [Input(DisplayName = "抄送", UiHint = UiHints.CheckList, OptionSource = OptionSources.Participants, Order = 15, Description = "勾选还要抄送给谁；收到者只能查看。")]
    public Input<string[]> CopyTo { get; set; } = null!;

    /// <summary>Help for the signer.</summary>
    [Input(DisplayName = "办理提示", UiHint = UiHints.MultiLine, Order = 16, Description = "显示给办理人的一句话。")]
    public Input<string> Help { get; set; } = null!;

    /// <summary>Handing over.</summary>
    [Input(DisplayName = "允许转办", DefaultValue = true, Order = 17,
        Description = "办理人可以写明原因，把待办转给本单位的其他人员。须由指定领导本人签署的环节不勾选，外出时由代理人办理。")]
    public Input<bool> CanHandOver { get; set; } = null!;

    /// <summary>Further signers.</summary>
    [Input(DisplayName = "允许加签", DefaultValue = true, Order = 18,
        Description = "办理人可以请本单位的其他人员在自己之前、之后或同时签署；票签环节不能加签。")]
    public Input<bool> CanAddSigner { get; set; } = null!;

    /// <summary>Several at once.</summary>
    [Input(DisplayName = "允许批量同意", DefaultValue = false, Order = 19,
        Description = "办理人可以在待办中一次同意多件、签名一次；每件仍各自核对、各自留痕。同意后直接产生聘任、证书、保险或应付的环节不能勾选。")]
    public Input<bool> CanBatch { get; set; } = null!;

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var scope = await CaseScope.LoadAsync(context);
        var refusing = context.Get(RejectLabel);
        var options = new StepOptions(
            context.Get(ApproveLabel) ?? Approved,
            string.IsNullOrWhiteSpace(refusing) ? null : refusing,
            context.Get(CanReturn),
            ComesStraightBack(context),
            context.Get(RequiresSignature),
            context.Get(RequiresOpinion),
            context.Get(Help),
            FlowAhead.ReturnTargets(context),
            context.Get(GrantsWaivers),
            context.Get(CanHandOver),
            context.Get(CanAddSigner),
            context.Get(CanBatch));
        var request = new StepRequest(
            StepKind.Approval,
            context.Get(Who) ?? [],
            Enum.TryParse<StepMode>(context.Get(Mode), out var mode) ? mode : StepMode.Any,
            Math.Clamp(context.Get(ThresholdPercent), 1, 100),
            context.Get(Form) ?? "application",
            RightsOf(context),
            options,
            context.Get(DeadlineDays),
            context.Get(OnDeadline) ?? "remind",
            context.Get(CopyTo) ?? []);
        await context.Services.GetRequiredService<OpenStep>().OpenAsync(context, scope, request);
    }

    /// <inheritdoc />
    protected override bool ComesStraightBack(ActivityContext context) => context.Get(AfterReturn) == "straight";

    private string RightsOf(ActivityContext context) =>
        context.Get(RightsKey) is { Length: > 0 } key ? key : context.ActivityId;
}
