using Approvals.Core.Cases;
using Approvals.Core.Designer;
using Approvals.Core.Notifications;
using Approvals.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Certificates.Activities;

/// <summary>颁发证书 — issues a certificate that the public can check, T§13(四).</summary>
[Activity("Approvals", "IssueCertificate", Category = Categories.Issuing, DisplayName = "颁发证书", GeneratedName = "颁发证书",
    Description = "按模板生成证书 PDF，连续编号，带二维码，可在公众查验页核验；并通知申请人。")]
public sealed class IssueCertificateActivity : Activity
{
    /// <summary>What to issue.</summary>
    [Input(DisplayName = "证书种类", UiHint = UiHints.DropDown, DefaultValue = nameof(CertificateKind.Appointment), Order = 1,
        Options = ["Training=技术培训合格证书", "Appointment=聘任证书", "WorkId=工作证"], Description = "每种证书各有编号序列。")]
    public Input<string> Kind { get; set; } = null!;

    /// <summary>Text file; empty for the kind's own.</summary>
    [Input(DisplayName = "文书模板", UiHint = UiHints.DropDown, OptionSource = OptionSources.Documents, Order = 2,
        Description = "从本流程的模板中选择；不选则用该种证书自己的模板。")]
    public Input<string> Text { get; set; } = null!;

    /// <summary>Validity of a certificate for which the regulation sets none; empty for ever.</summary>
    [Input(DisplayName = "有效期（年）", UiHint = UiHints.SingleLine, Order = 3,
        Description = "只用于培训证书，留空为长期有效。聘任证书和工作证的任期由法规参数“每届任期”规定，须留空。")]
    public Input<int?> Years { get; set; } = null!;

    /// <summary>Number of the certificate.</summary>
    [Output(DisplayName = "证书编号", Description = "已颁发证书的编号。")]
    public Output<string> Number { get; set; } = null!;

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var plan = CertificatePlan.Find(context.Get(Kind));
        if (plan is null)
        {
            context.Fault($"没有“{context.Get(Kind)}”这种证书。", "unknown-kind");
        }

        var scope = await CaseScope.LoadAsync(context);
        var text = context.Get(Text) is { Length: > 0 } name ? name : plan.TextName;
        var certificate = await context.Services.GetRequiredService<IssueCertificate>().IssueAsync(
            scope, plan, $"{context.RunId}:{text}", text, context.Get(Years), context.CancellationToken);
        context.Set(Number, certificate.Number);
        scope.AddEvent("document", context.Node.DisplayText, $"颁发{plan.Caption} {certificate.Number}");
        context.Services.GetRequiredService<Notifier>().Tell(
            scope.Row.ApplicantId, $"您的{plan.Caption}已颁发，编号 {certificate.Number}", $"/cases/{scope.Row.Id}", $"{plan.Caption}已颁发");
    }
}
