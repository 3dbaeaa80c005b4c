using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Missions;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Missions;
using Approvals.Core.Tests.Payouts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Compensation;

/// <summary>A rescue on 2026-03-02, still open, on 2026-03-04, and somebody of the duty office who claims for a team.</summary>
internal sealed class ClaimDesk(MissionWorld world, string eventNumber)
{
    private static readonly byte[] Pdf = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"u8.ToArray();

    public MissionWorld World { get; } = world;

    public Person Claimant => World.Duty;

    public static async Task<ClaimDesk> StartAsync(string provider, Action<IServiceCollection>? more = null)
    {
        var world = await MissionWorld.StartAsync(provider, more);
        var id = await world.OpenEventAsync();
        world.Kernel.Time.Advance(TimeSpan.FromDays(2));
        return new ClaimDesk(world, await world.Kernel.ReadAsync(db => db.Events.Where(row => row.Id == id).Select(row => row.Number).SingleAsync()));
    }

    /// <summary>An invoice row that is right.</summary>
    public static JsonObject Invoice(int number, decimal amount, string kind = "supplies") => new()
    {
        ["kind"] = kind, ["item"] = "堵漏器材", ["from"] = "2026-03-02", ["until"] = "2026-03-03", ["number"] = $"{number:00000000000000000000}",
        ["date"] = "2026-03-03", ["seller"] = $"器材公司{number}", ["currency"] = "CNY",
        ["amount"] = amount.ToString(System.Globalization.CultureInfo.InvariantCulture), ["scan"] = 1,
    };

    /// <summary>The fields of a claim that is right.</summary>
    public JsonObject Fields(params JsonObject[] invoices) => new()
    {
        ["eventNumber"] = eventNumber, ["teamName"] = "江州矿山救护大队", ["contactPhone"] = "13800001111",
        ["rescueText"] = "出动十二人参加堵漏和现场监测，持续两天。", ["invoices"] = new JsonArray([.. invoices]), ["responsibility"] = "none",
        ["responsibilityText"] = "事故调查认定为自然灾害引发。", ["notPaidDeclared"] = true, ["payeeName"] = "单位7",
        ["creditCode"] = Identities.Unit(7).IdentityNumber,
    };

    public async Task<Guid> DraftAsync(params string[] fields)
    {
        var draft = await World.AsAsync(Claimant, scope => scope.GetRequiredService<StartCase>().DraftAsync("compensation", default));
        foreach (var field in fields)
        {
            await World.AsAsync(Claimant, async scope =>
            {
                using var content = new MemoryStream(Pdf);
                return Assert.IsType<AttachOutcome.Attached>(await scope.GetRequiredService<AttachFile>().AddAsync(
                    new AttachPlace(draft!.Value), field, "发票.pdf", content, default));
            });
        }

        return draft!.Value;
    }

    public Task<SubmitOutcome> SubmitAsync(Guid draft, JsonObject fields) => World.AsAsync(Claimant, scope =>
        scope.GetRequiredService<SubmitCase>().SubmitAsync(draft, fields, default));

    /// <summary>A claim that was submitted.</summary>
    public async Task<Guid> SubmittedAsync(params JsonObject[] invoices)
    {
        var draft = await DraftAsync("invoiceFiles", "responsibilityFiles");
        return await SubmitAsync(draft, Fields(invoices)) switch
        {
            SubmitOutcome.Submitted submitted => submitted.CaseId,
            SubmitOutcome.Invalid invalid => throw new InvalidOperationException(string.Join('\n', invalid.Errors)),
            var other => throw new InvalidOperationException(other.ToString()),
        };
    }

    /// <summary>What is wrong with a claim.</summary>
    public async Task<IReadOnlyList<FieldError>> ErrorsAsync(JsonObject fields) => Assert.IsType<SubmitOutcome.Invalid>(
        await SubmitAsync(await DraftAsync("invoiceFiles", "responsibilityFiles"), fields)).Errors;

    /// <summary>The section's decision, with its cuts.</summary>
    public Task<DecideOutcome> AuditAsync(Guid caseId, params (int Line, decimal Amount, string Reason)[] cuts) => World.DecideAsync(
        caseId, World.Head, DecisionKind.Approve, "核对无误。", new JsonObject
        {
            ["cuts"] = new JsonArray([.. cuts.Select(cut => new JsonObject
            {
                ["line"] = cut.Line, ["amount"] = cut.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture), ["reason"] = cut.Reason,
            })]),
        });
}
