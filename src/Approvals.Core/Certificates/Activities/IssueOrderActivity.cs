using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Designer;
using Approvals.Core.Inbox;
using Approvals.Core.Notifications;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Certificates.Activities;

/// <summary>签发命令 — issues an order in the layout of 命令（令）, signed by whoever decided a step, T§6, §19.</summary>
[Activity("Approvals", "IssueOrder", Category = Categories.Issuing, DisplayName = "签发命令", GeneratedName = "签发命令",
    Description = "按模板生成命令（令）格式的 PDF，连续编号，印上指定环节办理人的签名，放入业务件并通知申请人。")]
public sealed class IssueOrderActivity : Activity
{
    /// <summary>Text file.</summary>
    [Input(DisplayName = "文书模板", UiHint = UiHints.DropDown, OptionSource = OptionSources.Documents, Order = 1,
        Description = "从本流程的模板中选择，例如“任命令”；模板的主题印作发文机关标志。")]
    public Input<string> Text { get; set; } = null!;

    /// <summary>Step whose signature is printed.</summary>
    [Input(DisplayName = "签发环节", UiHint = UiHints.DropDown, OptionSource = OptionSources.ApprovalSteps, Order = 2,
        Description = "印上该环节最后一次同意的签名。")]
    public Input<string> SignedAt { get; set; } = null!;

    /// <summary>Office printed before the signature.</summary>
    [Input(DisplayName = "签发人职务", UiHint = UiHints.SingleLine, DefaultValue = "总指挥", Order = 3, Description = "印在签名之前，例如“总指挥”。")]
    public Input<string> Office { get; set; } = null!;

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        if (context.Get(Text) is not { Length: > 0 } name)
        {
            context.Fault("没有指定文书模板。", "no-text");
            return;
        }

        var scope = await CaseScope.LoadAsync(context);
        var services = context.Services;
        var none = context.CancellationToken;
        var text = await services.GetRequiredService<DocumentTexts>().LoadAsync(scope.Row.DefinitionVersionId, name, none);
        var values = await services.GetRequiredService<DocumentValues>().OfAsync(scope, none);
        var signer = await SignerAsync(context, scope);
        values["signer"] = signer.Name;
        var (document, _) = await services.GetRequiredService<IssuedDocuments>().IssueAsync(
            new IssueRequest(scope.Row.Id, $"{context.RunId}:{name}", DocumentKind.Order, number =>
            {
                values["number"] = number;
                return text.Map(template => DocumentLiquid.Render(template, values, context.Clock));
            })
            {
                Signer = signer,
            },
            none);
        scope.AddEvent("document", context.Node.DisplayText, $"签发《{document.Title}》（{document.Number}）");
        services.GetRequiredService<Notifier>().Tell(
            scope.Row.ApplicantId, $"请查收《{document.Title}》（{document.Number}）", $"/cases/{scope.Row.Id}", document.Title);
    }

    private async Task<DocumentSigner> SignerAsync(ActivityContext context, CaseScope scope)
    {
        var step = context.Get(SignedAt) ?? "";
        var db = context.Services.GetRequiredService<ApprovalsDbContext>();
        var decision = await (
                from one in db.DecisionsOfOwnSigners().AsNoTracking()
                join run in db.StepRuns on one.StepRunId equals run.Id
                where one.CaseId == scope.Row.Id && run.ActivityId == step && one.Kind == Inbox.DecisionKind.Approve
                orderby one.Id descending
                select new { one.SignatureLine, one.SignatureFileId })
            .FirstOrDefaultAsync(context.CancellationToken);
        if (decision is null)
        {
            context.Fault($"环节“{step}”没有同意的签名，不能签发命令。", "no-signature");
        }

        return new DocumentSigner(context.Get(Office) ?? "", decision.SignatureLine, decision.SignatureFileId);
    }
}
