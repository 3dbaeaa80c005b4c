using System.Globalization;
using System.Text.Json.Nodes;
using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Missions;
using Approvals.Core.Organisation;
using Approvals.Core.Payouts;
using Approvals.Core.Regulations;
using Approvals.Documents.Text;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Allowances;

/// <summary>One commander's days as typed on the sheet.</summary>
/// <param name="MissionId">Mission.</param>
/// <param name="Marks">Day → mark; days left out are not claimed.</param>
/// <param name="Note">Why days are half or absent.</param>
public sealed record SheetInput(Guid MissionId, IReadOnlyDictionary<DateOnly, DayMark> Marks, string? Note);

/// <summary>A sheet, computed.</summary>
/// <param name="Claim">The claim it makes.</param>
/// <param name="Problems">Mission → what is wrong with its line; the empty id for the sheet as a whole.</param>
public sealed record SheetPreview(AllowanceClaim Claim, IReadOnlyDictionary<Guid, IReadOnlyList<string>> Problems)
{
    /// <summary>The same working without what is wrong, for a sheet that nobody has filled in yet.</summary>
    public SheetPreview Unjudged => this with { Problems = new Dictionary<Guid, IReadOnlyList<string>>() };
}

/// <summary>What became of a claim.</summary>
public abstract record SubmitAllowanceOutcome
{
    /// <summary>Submitted to the section.</summary>
    public sealed record Submitted(Guid CaseId, string Number) : SubmitAllowanceOutcome;

    /// <summary>Lines are wrong; nothing was stored.</summary>
    public sealed record Invalid(SheetPreview Preview) : SubmitAllowanceOutcome;

    /// <summary>The person may not claim, or there is no such event or entitlement.</summary>
    public sealed record NotAllowed : SubmitAllowanceOutcome;
}

/// <summary>
/// 编报工作补助 — computes a sheet line by line and opens the case that section, finance and leader sign. Corrections are claims, too: one
/// that takes back a whole entitlement and claims its days anew (冲销), never an edit.
/// </summary>
public sealed class SubmitAllowance(
    ApprovalsDbContext db, UnitOfWork unitOfWork, OpenCase cases, AllowanceQuery query, RateTables rates, RegulationParameters parameters,
    CurrentPerson person, AuditTrail audit)
{
    /// <summary>The process.</summary>
    public const string Process = "allowance";

    /// <summary>Programme of the entitlements.</summary>
    public const string Programme = "commander-allowance";

    /// <summary>Key of the entitlement of a case for one mission; a commander may have several missions at one event (T§6).</summary>
    public static string KeyOf(Guid caseId, Guid missionId) => $"allowance:{caseId}:{missionId}";

    /// <summary>Computes the sheet as it stands; changes nothing.</summary>
    public async Task<SheetPreview> PreviewAsync(
        EmergencyEvent row, IReadOnlyList<SheetInput> sheet, ClaimReversal? reversal, CancellationToken cancellationToken)
    {
        var missions = (await query.ClaimableAsync(row, reversal?.EntitlementId, cancellationToken)).ToDictionary(one => one.Mission.Id);
        var table = await rates.NewestAsync(cancellationToken);
        var numbers = await parameters.TableAsync(cancellationToken);
        var parts = new List<ClaimPart>();
        var problems = new Dictionary<Guid, IReadOnlyList<string>>();
        var ofThisClaim = new List<(string Person, ClaimedDay Day)>();
        foreach (var input in sheet.Where(one => one.Marks.Count > 0))
        {
            if (!missions.TryGetValue(input.MissionId, out var mission))
            {
                problems[input.MissionId] = ["该任务没有可以计发的日期"];
                continue;
            }

            var own = IdentityCode.Normalise(mission.IdentityNumber);
            var line = AllowanceSheet.Compute(
                mission.Span, input.Marks, table, numbers,
                mission.TakenWith(ofThisClaim.Where(one => one.Person == own).Select(one => one.Day)));
            ofThisClaim.AddRange(line.Days.Select(day => (own, day)));
            var note = string.IsNullOrWhiteSpace(input.Note) ? null : input.Note.Trim();
            var wrong = line.Problems.ToList();
            if (note is null && input.Marks.Values.Any(mark => mark != DayMark.Full))
            {
                wrong.Add("有半天或者缺勤的，请说明情况");
            }
            else if (note is { Length: > 200 })
            {
                wrong.Add("情况说明最多 200 个字，请精简");
            }

            if (wrong.Count > 0)
            {
                problems[input.MissionId] = wrong;
            }

            parts.Add(new ClaimPart(
                input.MissionId, mission.Mission.CommanderId, mission.Mission.CommanderName, input.Marks, note, line.Days, line.Working,
                line.Amount));
        }

        // A correction may take everything back; an ordinary claim has something to pay in every line.
        if (reversal is null)
        {
            if (parts.Count == 0 && problems.Count == 0)
            {
                problems[Guid.Empty] = ["请至少选择一人一天"];
            }

            foreach (var part in parts.Where(one => one.Amount == 0 && !problems.ContainsKey(one.MissionId)))
            {
                problems[part.MissionId] = ["全部缺勤，没有可以计发的补助，请取消勾选"];
            }
        }

        return new SheetPreview(new AllowanceClaim(row.Id, table.Version, parts, reversal), problems);
    }

    /// <summary>Submits a claim for days of an event.</summary>
    public async Task<SubmitAllowanceOutcome> SubmitAsync(
        Guid eventId, IReadOnlyList<SheetInput> sheet, CancellationToken cancellationToken) =>
        query.MayClaim
            ? await unitOfWork.RunAsync(scope => SubmitInsideAsync(scope, eventId, sheet, null, cancellationToken), cancellationToken)
            : new SubmitAllowanceOutcome.NotAllowed();

    /// <summary>Submits a correction of one commander's entitlement.</summary>
    /// <param name="entitlementId">Entitlement to take back.</param>
    /// <param name="input">The days as they should have been.</param>
    /// <param name="reason">Why, at most 200 characters.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public async Task<SubmitAllowanceOutcome> CorrectAsync(
        Guid entitlementId, SheetInput input, string? reason, CancellationToken cancellationToken)
    {
        if (!query.MayClaim || await FindAsync(entitlementId, cancellationToken) is not { } found)
        {
            return new SubmitAllowanceOutcome.NotAllowed();
        }

        var why = reason?.Trim() ?? "";
        var reversal = new ClaimReversal(entitlementId, found.Entitlement.Number, found.Entitlement.Amount, why);
        return await unitOfWork.RunAsync(
            scope => SubmitInsideAsync(scope, found.EventId, [input], reversal, cancellationToken), cancellationToken);
    }

    /// <summary>An allowance entitlement that can be corrected, with the part of the claim it came from; null when there is none.</summary>
    public async Task<(Entitlement Entitlement, Guid EventId, ClaimPart Part)?> FindAsync(
        Guid entitlementId, CancellationToken cancellationToken)
    {
        var entitlement = await db.Entitlements.AsNoTracking().FirstOrDefaultAsync(
            row => row.Id == entitlementId && row.Programme == Programme && row.ReversesId == null, cancellationToken);
        if (entitlement is null || await db.Entitlements.AnyAsync(row => row.ReversesId == entitlementId, cancellationToken))
        {
            return null;
        }

        var data = await db.Cases.AsNoTracking().Where(row => row.Id == entitlement.CaseId).Select(row => row.Data).SingleAsync(cancellationToken);
        var claim = AllowanceClaim.Read(JsonNode.Parse(data)!.AsObject());

        // Claims of before named the commander in the key.
        var part = claim?.Parts.FirstOrDefault(one => KeyOf(entitlement.CaseId, one.MissionId) == entitlement.Key)
            ?? claim?.Parts.FirstOrDefault(one => KeyOf(entitlement.CaseId, one.CommanderId) == entitlement.Key);
        return part is null ? null : (entitlement, claim!.EventId, part);
    }

    private async Task<SubmitAllowanceOutcome> SubmitInsideAsync(
        UnitOfWorkScope scope, Guid eventId, IReadOnlyList<SheetInput> sheet, ClaimReversal? reversal, CancellationToken cancellationToken)
    {
        // Race closed: two handlers claim the same days at once. Claims of an event hold its row, so the second sees the first's
        // days as claimed; days of another event meet at the ledger, when they are granted.
        var row = await EventLock.TakeAsync(db, eventId, cancellationToken);
        if (row is null)
        {
            scope.Abort();
            return new SubmitAllowanceOutcome.NotAllowed();
        }

        var preview = await PreviewAsync(row, sheet, reversal, cancellationToken);
        if (await ReversalProblemAsync(reversal, cancellationToken) is { } problem)
        {
            preview = preview with
            {
                Problems = new Dictionary<Guid, IReadOnlyList<string>>(preview.Problems) { [Guid.Empty] = [problem] },
            };
        }

        var opened = preview.Problems.Count > 0 ? null : await OpenAsync(row, preview.Claim, cancellationToken);
        if (opened is null)
        {
            scope.Abort();
            return new SubmitAllowanceOutcome.Invalid(preview);
        }

        return new SubmitAllowanceOutcome.Submitted(opened.Id, opened.Number!);
    }

    private async Task<string?> ReversalProblemAsync(ClaimReversal? reversal, CancellationToken cancellationToken)
    {
        if (reversal is null)
        {
            return null;
        }

        if (reversal.Reason.Length is 0 or > 200)
        {
            return "请填写更正理由（不超过 200 字）";
        }

        var running = await db.Cases.AsNoTracking()
            .Where(one => one.ProcessKey == Process && one.Status == CaseStatus.Running)
            .Select(one => new { one.Number, one.Data }).ToListAsync(cancellationToken);
        var other = running.FirstOrDefault(
            one => AllowanceClaim.Read(JsonNode.Parse(one.Data)!.AsObject())?.Reversal?.EntitlementId == reversal.EntitlementId);
        return other is null ? null : $"{reversal.Number} 正在由业务件 {other.Number} 更正，请等待其办结";
    }

    private async Task<Case?> OpenAsync(EmergencyEvent row, AllowanceClaim claim, CancellationToken cancellationToken)
    {
        var me = person.RequiredId;
        var opened = await cases.MakeAsync(new OpenCaseRequest(Process, row.Name, me, me, Data(row, claim)), cancellationToken);
        if (opened is null)
        {
            return null;
        }

        audit.Record("allowance.claimed", "case", opened.Id.ToString(), new
        {
            eventId = row.Id,
            claim.RateVersion,
            total = claim.Total.ToString("0.00", CultureInfo.InvariantCulture),
            commanders = claim.Parts.Select(part => part.CommanderId).ToArray(),
            reverses = claim.Reversal?.EntitlementId,
        });
        await cases.RunAsync(opened, cancellationToken);
        return opened;
    }

    private static JsonObject Data(EmergencyEvent row, AllowanceClaim claim)
    {
        var lines = new JsonArray();
        if (claim.Reversal is { } reversal)
        {
            lines.Add(new JsonObject
            {
                ["name"] = $"冲销 {reversal.Number}", ["working"] = $"更正理由：{reversal.Reason}", ["amount"] = FieldValues.Money(-reversal.Amount),
            });
        }

        foreach (var part in claim.Parts)
        {
            lines.Add(new JsonObject
            {
                ["name"] = part.Name,
                ["days"] = Count(part),
                ["working"] = string.Join("；", part.Working.Select(AllowanceSheet.Sentence)),
                ["note"] = part.Note,
                ["amount"] = FieldValues.Money(part.Amount),
            });
        }

        var data = new JsonObject
        {
            ["eventId"] = row.Id.ToString(),
            ["eventName"] = row.Name,
            ["eventNumber"] = row.Number,
            ["eventLevel"] = MissionWords.Of(row.Level),
            ["eventRegion"] = row.RegionName,
            ["rateVersion"] = $"第 {claim.RateVersion} 版",
            ["lines"] = lines,
            ["total"] = FieldValues.Money(claim.Total),
            ["totalCapital"] = (claim.Total < 0 ? "负" : "") + RmbCapital.Format(Math.Abs(claim.Total)),
        };
        claim.Write(data);
        return data;
    }

    private static string Count(ClaimPart part)
    {
        int Of(DayMark mark) => part.Marks.Values.Count(one => one == mark);
        var words = new[] { (Of(DayMark.Full), "全天"), (Of(DayMark.Half), "半天"), (Of(DayMark.Absent), "缺勤") };
        return string.Join("，", words.Where(one => one.Item1 > 0).Select(one => $"{one.Item2} {one.Item1} 天"));
    }
}
