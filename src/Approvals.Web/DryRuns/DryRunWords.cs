using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.DryRuns;
using Approvals.Core.Inbox;
using Approvals.Core.Regulations;
using Approvals.Web.Pages.Admin;

namespace Approvals.Web.DryRuns;

/// <summary>Chinese for what a dry run reports; the command prints it, the page shows it.</summary>
public static class DryRunWords
{
    private static readonly Dictionary<string, string> Events = new(StringComparer.Ordinal)
    {
        ["Completed"] = "完成", ["Suspended"] = "等待", ["Resumed"] = "继续", ["Canceled"] = "撤销", ["Faulted"] = "出错",
        ["Returned"] = "退回", ["Detoured"] = "转去更正", ["Retried"] = "重试",
    };

    /// <summary>How it ended.</summary>
    public static string Of(DryRunEnd end) => end switch
    {
        DryRunEnd.Finished => "流程已办结",
        DryRunEnd.Waiting => "流程停在等待中",
        DryRunEnd.Faulted => "流程出现故障",
        DryRunEnd.Limit => "达到上限，提前停止",
        _ => "未能开始",
    };

    /// <summary>An event of the journal; a machine word that is not known stays as it is.</summary>
    public static string OfEvent(string name) => Events.GetValueOrDefault(name, name);

    /// <summary>Where an activity or step is: behind the name of its process when it is not the tried one.</summary>
    public static string Place(DryRunReport report, string process, string stepName, int round) =>
        (process == report.Process ? "" : $"〔{report.Processes.GetValueOrDefault(process, process)}〕")
        + stepName + (round > 1 ? $"（第 {round} 次）" : "");

    /// <summary>What became of a timer.</summary>
    public static string Of(DryRunTimer timer) => timer switch
    {
        { FiredAt: { } fired } => $"已到期执行（{Time(fired)}）",
        { CancelledAt: not null } => "已取消",
        _ => "尚未到期",
    };

    /// <summary>When a timer is due; working days as far as anybody would count them.</summary>
    public static string Due(DryRunTimer timer) =>
        Time(timer.DueAt) + (timer.WorkingDays is > 0 and < 200 ? $"（第 {timer.WorkingDays} 个工作日）" : "");

    /// <summary>Kind of a timer.</summary>
    public static string OfTimer(string kind) => MachineWords.Of(kind);

    /// <summary>Mode of a step.</summary>
    public static string Of(StepMode mode) => mode switch
    {
        StepMode.All => "会签", StepMode.Sequence => "依次", StepMode.Vote => "票签", _ => "或签",
    };

    /// <summary>How a step ended.</summary>
    public static string Of(DryRunStep step) => step.Status switch
    {
        StepStatus.Open => "等待办理",
        StepStatus.Unassigned => "无人办理",
        StepStatus.Withdrawn => $"撤销（{step.Outcome}）",
        _ => step.Outcome is null or StepActivity.Submitted ? "已提交" : step.Outcome,
    };

    /// <summary>A verdict.</summary>
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "符合", Verdict.Warning => "提示", Verdict.Waived => "不符合，已放宽", _ => "不符合",
    };

    /// <summary>Where a case stands.</summary>
    public static string Of(CaseStatus status) => status switch
    {
        CaseStatus.Draft => "草稿", CaseStatus.Running => "办理中", CaseStatus.Completed => "已办结", CaseStatus.Rejected => "未通过",
        _ => "已撤回",
    };

    /// <summary>An instant as tables write it.</summary>
    public static string Time(DateTimeOffset instant) =>
        ChinaTime.ToLocal(instant).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
