using Approvals.Core.Cases;
using Approvals.Core.Designer;
using Approvals.Core.Notifications;
using Approvals.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Certificates.Activities;

/// <summary>制发文书 — issues a letter to the applicant, e.g. 培训考核不合格通知书.</summary>
[Activity("Approvals", "IssueDocument", Category = Categories.Issuing, DisplayName = "制发文书", GeneratedName = "制发文书",
    Description = "按模板生成信函格式的通知书 PDF，连续编号，放入业务件并通知申请人。")]
public sealed class IssueDocumentActivity : Activity
{
    /// <summary>Text file.</summary>
    [Input(DisplayName = "文书模板", UiHint = UiHints.DropDown, OptionSource = OptionSources.Documents, Order = 1,
        Description = "从本流程的模板中选择，例如“培训考核不合格通知书”。")]
    public Input<string> Text { get; set; } = null!;

    /// <summary>Grounds, when the case does not say them itself.</summary>
    [Input(DisplayName = "理由", UiHint = UiHints.MultiLine, Order = 2,
        Description = "写入文书的理由；不填则用最后一次不同意的意见或异议裁定。")]
    public Input<string> Grounds { get; set; } = null!;

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
        var text = await services.GetRequiredService<DocumentTexts>()
            .LoadAsync(scope.Row.DefinitionVersionId, name, context.CancellationToken);
        var values = await services.GetRequiredService<DocumentValues>().OfAsync(scope, context.CancellationToken);
        if (context.Get(Grounds) is { Length: > 0 } grounds)
        {
            values["grounds"] = grounds;
        }

        var (document, _) = await services.GetRequiredService<IssuedDocuments>().IssueAsync(
            new IssueRequest(scope.Row.Id, $"{context.RunId}:{name}", DocumentKind.Letter, number =>
            {
                values["number"] = number;
                return text.Map(template => DocumentLiquid.Render(template, values, context.Clock));
            }),
            context.CancellationToken);
        scope.AddEvent("document", context.Node.DisplayText, $"制发《{document.Title}》（{document.Number}）");
        services.GetRequiredService<Notifier>().Tell(
            scope.Row.ApplicantId, $"请查收《{document.Title}》（{document.Number}）", $"/cases/{scope.Row.Id}", document.Title);
    }
}
