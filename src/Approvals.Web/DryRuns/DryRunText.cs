using System.Text;
using Approvals.Core.DryRuns;

namespace Approvals.Web.DryRuns;

/// <summary>A dry run as plain text for a terminal.</summary>
internal static class DryRunText
{
    public static string Of(DryRunReport report)
    {
        var text = new StringBuilder();
        text.AppendLine($"试运行：{report.ProcessName}（{report.Process}）第 {report.Version} 版{(report.IsDraft ? "，草稿" : "")}");
        text.AppendLine($"结果：{DryRunWords.Of(report.End)}{(report.Problem is null ? "" : $"。{report.Problem}")}");
        text.AppendLine($"虚拟时间：{DryRunWords.Time(report.BeganAt)} 至 {DryRunWords.Time(report.EndedAt)}");
        Section(text, "业务件", report.Cases.Select(one =>
            $"{one.Number} {one.ProcessName} {one.Subject}：{DryRunWords.Of(one.Status)}{Behind(one.Outcome ?? one.WaitsAt)}"));
        Section(text, "经过", report.Path.Select(one =>
            $"{DryRunWords.Time(one.At)} {DryRunWords.Place(report, one.Process, one.StepName, one.Round)} {DryRunWords.OfEvent(one.Event)}"
            + Outcomes(one) + Behind(one.Message)));
        Section(text, "办理环节", report.Steps.SelectMany(step => Lines(report, step)));
        Section(text, "核查结果", report.Findings.Select(one =>
            $"{DryRunWords.Of(one.Verdict)} {one.Title}（{one.Article}）：{one.Value}，要求 {one.Expected}。{one.Message}"));
        Section(text, "定时", report.Timers.Select(one =>
            $"{DryRunWords.Due(one)} {DryRunWords.OfTimer(one.Kind)}{Behind(one.About)}，{DryRunWords.Of(one)}"));
        Section(text, "通知（未发送）", report.Notifications.Select(one =>
            $"{DryRunWords.Time(one.At)} 致 {one.Person}{(one.ByMail ? "（站内和邮件）" : "（站内）")}：{one.Text}"));
        Section(text, "文书", report.Documents.Select(one => $"{one.Number} {one.Title}{Behind(one.File ?? "未生成 PDF")}"));
        Section(text, "故障", report.Incidents.Select(one => $"{one.StepName}（{one.ActivityId}）：{one.Message}{Behind(one.Expression)}"));
        Section(text, "注意", report.Notes);
        return text.ToString();
    }

    private static IEnumerable<string> Lines(DryRunReport report, DryRunStep step)
    {
        var due = step.DueAt is { } at ? $"，期限 {DryRunWords.Time(at)}（{step.WorkingDays} 个工作日）" : "";
        var mode = step.People.Count > 1 ? $"，{DryRunWords.Of(step.Mode)}" : "";
        yield return $"{DryRunWords.Place(report, step.Process, step.StepName, step.Round)}{mode}{due}：{DryRunWords.Of(step)}";
        foreach (var person in step.People)
            yield return $"    办理人 {person.Name} —— {person.Why}";
        foreach (var missing in step.Missing)
            yield return $"    未找到 {missing.Name} —— {missing.Why}";
        foreach (var decision in step.Decisions)
            yield return $"    {DryRunWords.Time(decision.At)} {decision.Line}：{decision.Word}{Behind(decision.Opinion)}";
    }

    private static string Outcomes(DryRunMove move)
    {
        var named = move.Outcomes.Where(one => one != "Done").ToList();
        return named.Count == 0 ? "" : $" → {string.Join("、", named)}";
    }

    private static string Behind(string? text) => string.IsNullOrWhiteSpace(text) ? "" : $"：{text}";

    private static void Section(StringBuilder text, string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
            return;
        text.AppendLine().AppendLine($"【{title}】");
        all.ForEach(line => text.AppendLine($"  {line}"));
    }
}
