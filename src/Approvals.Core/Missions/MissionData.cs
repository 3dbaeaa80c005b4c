using System.Globalization;
using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Core.Commanders;
using Approvals.Core.Forms;

namespace Approvals.Core.Missions;

/// <summary>What the case of a mission begins with: event, commander and cover as they were when the commander was chosen. Pure.</summary>
internal static class MissionData
{
    /// <summary>Form field that names the general commander; steps of the process ask for it by <c>field:</c>.</summary>
    public const string GeneralCommander = "generalCommander";

    public static JsonObject Of(
        EmergencyEvent row, Commander commander, RosterCandidate candidate, RosterLine line, string? assignment)
    {
        var data = new JsonObject
        {
            ["eventId"] = row.Id.ToString(),
            ["eventNumber"] = row.Number,
            ["eventName"] = row.Name,
            ["eventLevel"] = MissionWords.Of(row.Level),
            ["eventPlace"] = row.Place,
            ["eventDay"] = FieldValues.Node(ChinaTime.DateOf(row.StartedAt)),
            ["eventStartedAt"] = ChinaTime.ToLocal(row.StartedAt).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            [GeneralCommander] = row.GeneralCommanderId.ToString(),
            [GeneralCommander + "Name"] = row.GeneralCommanderName,
            ["commanderId"] = commander.Id.ToString(),
            ["commanderName"] = commander.Name,
            ["commanderUnit"] = commander.UnitName,
            ["specialty"] = commander.Specialty,
            ["specialtyName"] = commander.SpecialtyName,
            ["eventSpecialty"] = row.Specialty,
            ["eventSpecialtyName"] = row.SpecialtyName,
            ["certificateNumber"] = commander.CertificateNumber,
            ["distance"] = line.Kilometres is { } far
                ? string.Create(CultureInfo.InvariantCulture, $"{far:0.0} 公里") : "未登记坐标",
            ["availability"] = candidate.AvailabilityNote is { } note
                ? $"{MissionWords.Of(candidate.Availability)}（{note}）" : MissionWords.Of(candidate.Availability),
        };
        EnterCover(data, candidate.Cover);
        EnterStanding(data, commander, isVoid: false);
        if (assignment is not null)
        {
            data["assignment"] = assignment;
        }

        return data;
    }

    /// <summary>Writes the term and what has ended it before its time, which the findings judge.</summary>
    /// <param name="data">Data of the case.</param>
    /// <param name="commander">As the information base has them now.</param>
    /// <param name="isVoid">Whether the certificate of appointment was made void.</param>
    public static void EnterStanding(JsonObject data, Commander commander, bool isVoid)
    {
        data["termStart"] = FieldValues.Node(commander.TermStart);
        data["termEnd"] = FieldValues.Node(commander.TermEnd);
        data.Remove("standing");
        if (commander.Status == CommanderStatus.Removed || isVoid)
        {
            data["standing"] = commander.Status == CommanderStatus.Removed ? "已解聘" : "聘任证书已作废";
        }
    }

    /// <summary>Writes the cover that the findings judge and the form shows; null for none.</summary>
    public static void EnterCover(JsonObject data, Cover? cover)
    {
        data["cover"] = cover is null
            ? "无有效保险"
            : string.Create(CultureInfo.InvariantCulture, $"{cover.Insurer} {cover.PolicyNumber}，{cover.Sum:N2} 元，至 {cover.Until:yyyy-MM-dd}");
        data.Remove("coverSum");
        data.Remove("coverUntil");
        if (cover is not null)
        {
            data["coverSum"] = FieldValues.Money(cover.Sum);
            data["coverUntil"] = FieldValues.Node(cover.Until);
        }
    }
}
