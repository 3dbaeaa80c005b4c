using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Commanders.Activities;

/// <summary>登记信息库 — enters the appointed commander into the information base, T§14, §15(2).</summary>
[Activity("Approvals", "RegisterChange", Category = Categories.Registers, DisplayName = "登记信息库", GeneratedName = "登记信息库",
    Description = "把聘任的技术指挥官登记入信息库，按聘任证书记录任期，并安排任期届满提醒。须放在颁发聘任证书之后。")]
public sealed class RegisterChangeActivity : Activity
{
    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var scope = await CaseScope.LoadAsync(context);
        var commander = await context.Services.GetRequiredService<EnterCommander>().EnterAsync(scope, context.CancellationToken);
        if (commander is null)
        {
            context.Fault("本业务件还没有颁发聘任证书，不能登记信息库。", "no-certificate");
        }

        var data = scope.Data.DeepClone().AsObject();
        data["commanderId"] = JsonValue.Create(commander.Id.ToString());
        data["certificateNumber"] = JsonValue.Create(commander.CertificateNumber);
        scope.SetData(data);
        scope.AddEvent(
            "register", context.Node.DisplayText,
            $"登记入技术指挥官信息库，任期{ChineseDate.Of(commander.TermStart)}至{ChineseDate.Of(commander.TermEnd)}");
    }
}
