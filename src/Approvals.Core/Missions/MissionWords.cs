namespace Approvals.Core.Missions;

/// <summary>Chinese words of events and missions, for records, documents and pages; pages translate them.</summary>
public static class MissionWords
{
    /// <summary>Grade of an event.</summary>
    public static string Of(EventLevel level) => level switch
    {
        EventLevel.Ordinary => "一般",
        EventLevel.Larger => "较大",
        EventLevel.Serious => "重大",
        _ => "特别重大",
    };

    /// <summary>Where an event stands.</summary>
    public static string Of(EventStatus status) => status == EventStatus.Open ? "处置中" : "已结束";

    /// <summary>Kind of a line of the log.</summary>
    public static string Of(EventLogKind kind) => kind switch
    {
        EventLogKind.Situation => "现场情况",
        EventLogKind.PlanProposed => "拟定方案",
        EventLogKind.PlanApproved => "方案批准",
        EventLogKind.Withdrawal => "撤离决定",
        EventLogKind.HelpRequest => "请求支援",
        _ => "指挥变动",
    };

    /// <summary>Where a mission stands.</summary>
    public static string Of(MissionStatus status) => status switch
    {
        MissionStatus.Proposed => "待签署任命",
        MissionStatus.Appointed => "待本人答复",
        MissionStatus.Active => "执行任务中",
        MissionStatus.Refused => "已拒绝",
        MissionStatus.Ended => "已终止",
        MissionStatus.Evaluated => "已评估",
        _ => "已取消",
    };

    /// <summary>Grade of an evaluation.</summary>
    public static string Of(MissionGrade grade) => grade switch
    {
        MissionGrade.Excellent => "优秀",
        MissionGrade.Qualified => "合格",
        _ => "不合格",
    };

    /// <summary>Whether a commander can be called.</summary>
    public static string Of(Availability availability) => availability switch
    {
        Availability.Available => "可用",
        Availability.OnMission => "执行任务中",
        _ => "不在位",
    };
}
