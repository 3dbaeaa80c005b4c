using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Commanders;
using Approvals.Core.Files;
using Approvals.Core.Inbox;
using Approvals.Core.Insurance;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Missions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Insurance;

/// <summary>The acts of a purchase, as the people of <see cref="MissionWorld"/> do them.</summary>
internal static class Purchases
{
    public const string InsurerCode = "91500000MA5U00000W";

    public static Task<PurchaseOutcome> OpenAsync(
        this MissionWorld world, DateOnly day, IEnumerable<Guid> insured, Dictionary<Guid, string?>? leftOut = null, Person? by = null) =>
        world.AsAsync(by ?? world.Officer, scope => scope.GetRequiredService<OpenPurchase>().OpenAsync(
            new PurchaseInput(day, insured.ToHashSet(), leftOut ?? []), default));

    public static async Task<PurchaseOutcome.Opened> OpenedAsync(
        this MissionWorld world, DateOnly day, IEnumerable<Guid> insured, Dictionary<Guid, string?>? leftOut = null) =>
        Assert.IsType<PurchaseOutcome.Opened>(await world.OpenAsync(day, insured, leftOut));

    public static JsonObject Quotation(decimal premium, DateOnly from, DateOnly until, decimal sum = 1_000_000) => new()
    {
        ["insurer"] = "江州财产保险股份有限公司", ["insurerCode"] = InsurerCode, ["premium"] = premium.ToString("0.00"),
        ["sumInsured"] = sum.ToString("0.00"), ["validFrom"] = from.ToString("yyyy-MM-dd"), ["validUntil"] = until.ToString("yyyy-MM-dd"),
    };

    /// <summary>Submits the open form of the case, with a scan where there is none.</summary>
    public static async Task<DecideOutcome> SubmitAsync(this MissionWorld world, Guid caseId, string fileField, JsonObject fields)
    {
        if (!await world.Kernel.ReadAsync(db => db.Attachments.AnyAsync(row => row.CaseId == caseId && row.FieldKey == fileField)))
        {
            await world.Kernel.CommitAsync((_, db) =>
            {
                var file = new StoredFile { Sha256 = new string('0', 64), ContentType = "application/pdf" };
                db.Files.Add(file);
                db.Attachments.Add(new CaseAttachment { CaseId = caseId, FieldKey = fileField, FileName = "扫描件.pdf", FileId = file.Id });
            });
        }

        return await world.DecideAsync(caseId, world.Officer, DecisionKind.Submit, fields: fields);
    }

    /// <summary>Quotation, section, leader.</summary>
    public static async Task PaidForAsync(this MissionWorld world, Guid caseId, JsonObject quotation)
    {
        Assert.IsType<DecideOutcome.Decided>(await world.SubmitAsync(caseId, "quotation", quotation));
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(caseId, world.Head, DecisionKind.Approve));
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(caseId, world.Leader, DecisionKind.Approve));
    }

    public static async Task<JsonObject> DataAsync(this MissionWorld world, Guid caseId) => JsonNode.Parse(
        await world.Kernel.ReadAsync(db => db.Cases.Where(row => row.Id == caseId).Select(row => row.Data).SingleAsync()))!.AsObject();

    /// <summary>The rows as laid out, numbered.</summary>
    public static async Task<JsonArray> NumberedAsync(this MissionWorld world, Guid caseId, string prefix = "PJZ")
    {
        var rows = (await world.DataAsync(caseId))["policies"]!.DeepClone().AsArray();
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i]!["policyNumber"] = $"{prefix}-{i + 1}";
        }

        return rows;
    }

    public static Task<IReadOnlyList<RosterPerson>> RosterAsync(this MissionWorld world, DateOnly day) =>
        world.AsAsync(world.Officer, scope => scope.GetRequiredService<InsuranceRoster>().OnAsync(day, default));

    /// <summary>More commanders in term, without insurance.</summary>
    public static Task AddCommandersAsync(this MissionWorld world, int count) => world.Kernel.CommitAsync((_, db) =>
    {
        var version = db.Definitions.Single(row => row.DefinitionId == "commander-appointment" && row.IsPublished).Id;
        for (var i = 0; i < count; i++)
        {
            var origin = new Case
            {
                Number = $"JZPR-2025-1{i:000}", ProcessKey = "commander-appointment", ProcessName = "技术指挥官聘任", DefinitionVersionId = version,
                SubjectName = "某", StarterId = world.Officer.Id, ApplicantId = world.Officer.Id, Status = CaseStatus.Completed, Data = "{}",
            };
            var commander = new Commander
            {
                CaseId = origin.Id, Name = $"人员{i % 4}", IdentityNumber = $"X{i}", Gender = "男", UnitName = $"单位{i % 2}", Specialty = "fire",
                SpecialtyName = "火灾", CertificateNumber = $"第1{i:000}号", TermStart = new DateOnly(2025, 3, 1), TermEnd = new DateOnly(2030, 2, 28),
            };
            db.Cases.Add(origin);
            db.Commanders.Add(commander);
            world.CommanderIds.Add(commander.Id);
        }
    });
}
