namespace Approvals.Core.Regulations;

/// <summary>Keys of the parameters that code reads; their values stand in <c>parameters.json</c> and in the database.</summary>
public static class ParameterKeys
{
    /// <summary>申请人最低年龄 (默认); forms name it, and it is listed here with the others.</summary>
    public const string ApplicantAgeMin = "applicant.age.min";

    /// <summary>技术指挥官年龄上限, T§12.4.</summary>
    public const string CommanderAgeMax = "commander.age.max";

    /// <summary>指挥岗位任职年限下限, T§12.3.</summary>
    public const string CommandYearsMin = "commander.command-years.min";

    /// <summary>每届任期, T§14.</summary>
    public const string CommanderTermYears = "commander.term-years";

    /// <summary>公示期 in working days (默认).</summary>
    public const string NoticeWorkingDays = "notice.working-days";

    /// <summary>异议核查处理期限 in working days (默认).</summary>
    public const string ObjectionWorkingDays = "objection.working-days";

    /// <summary>同一业务件两次催办的间隔 in hours (默认).</summary>
    public const string UrgeIntervalHours = "urge.interval-hours";

    /// <summary>合格分数线 (默认).</summary>
    public const string TrainingPassMark = "training.pass-mark";

    /// <summary>补考次数 (默认).</summary>
    public const string TrainingResits = "training.resits";

    /// <summary>任期届满前提醒, days before (默认).</summary>
    public const string TermReminderDays = "term.reminder-days";

    /// <summary>意外伤害保险额度下限 in yuan, T§20.</summary>
    public const string InsuranceSumMin = "insurance.sum.min";

    /// <summary>保险到期提醒, days before (默认).</summary>
    public const string InsuranceReminderDays = "insurance.reminder-days";

    /// <summary>现场任命答复时限 in minutes (默认).</summary>
    public const string MissionAnswerMinutes = "mission.answer-minutes";

    /// <summary>现场工作报告期限 in working days (默认), T§10.2.</summary>
    public const string MissionReportWorkingDays = "mission.report.working-days";

    /// <summary>工作报告逾期多久报分管领导, further working days (默认).</summary>
    public const string MissionReportEscalationDays = "mission.report.escalation-days";

    /// <summary>半天补助比例 in per cent of a day (默认), T§20.</summary>
    public const string AllowanceHalfDayPercent = "allowance.half-day-percent";
}
