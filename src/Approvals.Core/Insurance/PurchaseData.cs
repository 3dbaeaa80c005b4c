using System.Text.Json.Nodes;
using Approvals.Core.Data;
using Approvals.Core.Forms;

namespace Approvals.Core.Insurance;

/// <summary>The roster in the data of a purchase, which people read and sign, and its rows beside it.</summary>
internal static class PurchaseData
{
    /// <summary>Series whose row is the lock of rosters: purchases and policies are recorded one after another.</summary>
    public const string RosterLock = "insurance-roster";

    /// <summary>Name of the purchase, e.g. 张三等 3 人.</summary>
    public static string Subject(IReadOnlyList<RosterPerson> insured) =>
        insured.Count == 1 ? insured[0].Name : $"{insured[0].Name}等 {insured.Count} 人";

    /// <summary>Enters the roster into the case.</summary>
    /// <param name="db">Database.</param>
    /// <param name="caseId">Case of the purchase.</param>
    /// <param name="data">Data to write into.</param>
    /// <param name="day">Day of the roster.</param>
    /// <param name="least">Required sum.</param>
    /// <param name="insured">Whom it insures.</param>
    /// <param name="leftOut">Whom it does not, with the reason.</param>
    public static void Enter(
        ApprovalsDbContext db, Guid caseId, JsonObject data, DateOnly day, decimal least, IReadOnlyList<RosterPerson> insured,
        IReadOnlyList<(RosterPerson Person, string Reason)> leftOut)
    {
        db.InsuranceMembers.AddRange(insured.Select(one => Row(caseId, one, null)));
        db.InsuranceMembers.AddRange(leftOut.Select(one => Row(caseId, one.Person, one.Reason)));
        data["rosterDay"] = FieldValues.Node(day);
        data["requiredSum"] = FieldValues.Money(least);
        data["members"] = new JsonArray([.. insured.Select(one => (JsonNode)new JsonObject
        {
            ["name"] = one.Name, ["unit"] = one.Commander.UnitName, ["reason"] = InsuranceWords.Of(one.Lack),
        })]);
        data["leftOut"] = new JsonArray([.. leftOut.Select(one => Left(one.Person.Name, one.Reason))]);
        data["personCount"] = insured.Count;
    }

    /// <summary>Moves a person of the roster to those left out.</summary>
    public static void LeaveOut(JsonObject data, string name, string reason)
    {
        var members = FieldValues.Rows(data["members"]).Where(row => FieldValues.Text(row["name"]) != name).Select(row => row.DeepClone());
        data["members"] = new JsonArray([.. members]);
        var left = FieldValues.Rows(data["leftOut"]).Select(row => row.DeepClone()).Append(Left(name, reason));
        data["leftOut"] = new JsonArray([.. left]);
        data["personCount"] = data["members"]!.AsArray().Count;
    }

    private static JsonObject Left(string name, string reason) => new() { ["name"] = name, ["reason"] = reason };

    private static InsuranceMember Row(Guid caseId, RosterPerson one, string? reason) => new()
    {
        CaseId = caseId,
        CommanderId = one.Commander.Id,
        Name = one.Name,
        Gap = one.Lack.Gap,
        CoveredUntil = one.Lack.Until,
        LeftOutReason = reason,
    };
}
