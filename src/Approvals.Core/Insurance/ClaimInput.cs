using Approvals.Core.Commanders;
using Approvals.Core.Forms;

namespace Approvals.Core.Insurance;

/// <summary>A claim as typed.</summary>
/// <param name="AccidentOn">Day of the accident.</param>
/// <param name="MissionId">Mission it happened on; empty for none.</param>
/// <param name="Injury">How it happened, and the injury.</param>
/// <param name="ClaimedSum">Yuan asked for.</param>
public sealed record ClaimInput(string? AccidentOn, string? MissionId, string? Injury, string? ClaimedSum)
{
    /// <summary>Day of the accident; null when it is none.</summary>
    public DateOnly? Day => ClaimFields.Day(AccidentOn);

    /// <summary>Yuan asked for; null when it is no sum.</summary>
    public decimal? Sum => ClaimFields.Sum(ClaimedSum);

    /// <summary>Problems beside their fields. Pure.</summary>
    /// <param name="policy">Policy it is claimed against.</param>
    /// <param name="missions">Missions of the insured that can be named.</param>
    /// <param name="today">Today in China.</param>
    public IReadOnlyList<FieldError> ErrorsFor(InsurancePolicy policy, IReadOnlyCollection<Guid> missions, DateOnly today)
    {
        var errors = new List<FieldError>();
        if (ClaimFields.DayProblem("出险日期", AccidentOn, today) is { } wrong)
            errors.Add(new FieldError("accidentOn", "出险日期", wrong));
        else if (Day < policy.ValidFrom || Day > policy.ValidUntil)
            errors.Add(new FieldError("accidentOn", "出险日期",
                $"出险日期不在保险期间内（{InsuranceWords.Day(policy.ValidFrom)} 至 {InsuranceWords.Day(policy.ValidUntil)}），请核对日期或者另选保险单"));
        if (!string.IsNullOrEmpty(MissionId) && !(Guid.TryParse(MissionId, out var mission) && missions.Contains(mission)))
            errors.Add(new FieldError("missionId", "现场任务", "所选任务不是被保险人的任务，请重新选择"));
        if (ClaimFields.TextProblem("出险经过和伤情", Injury) is { } text)
            errors.Add(new FieldError("injury", "出险经过和伤情", text));
        if (ClaimFields.SumProblem("申请金额", ClaimedSum, policy.SumInsured, "保险金额") is { } sum)
            errors.Add(new FieldError("claimedSum", "申请金额", sum));
        return errors;
    }
}

/// <summary>Reads and judges the fields of claims. Pure.</summary>
public static class ClaimFields
{
    private static readonly FormField Money = new() { Key = "sum", Type = FieldType.Money, Label = "" };
    private static readonly FormField Date = new() { Key = "day", Type = FieldType.Date, Label = "" };

    /// <summary>A day; null when it is none.</summary>
    public static DateOnly? Day(string? text) => FieldValues.Date(FieldText.Read(Date, text));

    /// <summary>Yuan; null when it is no sum or has parts of a fen.</summary>
    public static decimal? Sum(string? text) =>
        FieldValues.Decimal(FieldText.Read(Money, text)) is { } sum && decimal.Round(sum, 2) == sum ? sum : null;

    /// <summary>What is wrong with a day that lies in the past; null for nothing.</summary>
    public static string? DayProblem(string label, string? text, DateOnly today) =>
        string.IsNullOrWhiteSpace(text) ? $"请填写“{label}”"
        : Day(text) is not { } day ? $"“{label}”不是有效日期，请按“2026-03-01”的样式填写"
        : day > today ? $"“{label}”不能晚于今天（{InsuranceWords.Day(today)}）" : null;

    /// <summary>What is wrong with a text of at most 2,000 characters; null for nothing.</summary>
    public static string? TextProblem(string label, string? text) =>
        string.IsNullOrWhiteSpace(text) ? $"请填写“{label}”"
        : text.Trim().Length > 2000 ? $"“{label}”最多 2000 个字，现有 {text.Trim().Length} 个字，请精简" : null;

    /// <summary>What is wrong with a sum above zero; null for nothing.</summary>
    public static string? SumProblem(string label, string? text, decimal most, string mostIs) =>
        string.IsNullOrWhiteSpace(text) ? $"请填写“{label}”"
        : Sum(text) is not { } sum || sum <= 0 ? $"“{label}”不是有效金额，请填写大于零的人民币金额，最多两位小数"
        : sum > most ? $"“{label}”不能超过{mostIs} {Yuan(most)} 元" : null;

    private static string Yuan(decimal sum) => sum.ToString("N2", System.Globalization.CultureInfo.InvariantCulture);
}
