using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Notices.Activities;

/// <summary>受理异议 — prepares the case's forms for one objection: what was written about an earlier one is taken off them.</summary>
[Activity("Approvals", "OpenObjection", Category = Categories.Checking, DisplayName = "受理异议", GeneratedName = "受理异议",
    Description = "异议处理流程的第一步：清空上一件异议的核查表，登记本件异议的回执编号。")]
public sealed class OpenObjectionActivity : Activity
{
    private static readonly string[] Fields =
        ["objectionInvestigation", "objectionProposal", "objectionInvestigationFiles", "objectionRuling"];

    /// <summary>Receipt of the objection.</summary>
    [Input(DisplayName = "异议回执编号", DefaultSyntax = "JavaScript", Order = 1,
        Description = "由公示环节交给异议处理流程，通常切换为 JavaScript 写 getInput('receipt')。")]
    public Input<string> Receipt { get; set; } = null!;

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var scope = await CaseScope.LoadAsync(context);
        var data = scope.Data.DeepClone().AsObject();
        foreach (var field in Fields)
        {
            data.Remove(field);
        }

        var receipt = context.Get(Receipt) ?? "";
        data["objectionReceipt"] = JsonValue.Create(receipt);
        scope.SetData(data);
        var now = context.Clock.GetUtcNow();
        await context.Services.GetRequiredService<ApprovalsDbContext>().Attachments
            .Where(file => file.CaseId == scope.Row.Id && file.FieldKey == "objectionInvestigationFiles" && file.RemovedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(file => file.RemovedAt, now), context.CancellationToken);
        scope.AddEvent("objection", context.Node.DisplayText, $"受理异议（回执 {receipt}），开始核查");
    }
}
