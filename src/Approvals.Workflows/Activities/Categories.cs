namespace Approvals.Workflows;

/// <summary>
/// Groups of the designer's toolbox. Studio sorts them by text, so each begins with the digit of its place.
/// </summary>
public static class Categories
{
    /// <summary>Forms and decisions of people.</summary>
    public const string Approval = "1 申请与审批";

    /// <summary>Rules, notices, objections.</summary>
    public const string Checking = "2 核查与公示";

    /// <summary>Training, certificates, letters.</summary>
    public const string Issuing = "3 培训与证书";

    /// <summary>Registers and draws.</summary>
    public const string Registers = "4 登记与抽取";

    /// <summary>Insurance and money owed.</summary>
    public const string Payouts = "5 保险与应付";

    /// <summary>Waits for time, days or a message.</summary>
    public const string Waiting = "6 等待与定时";

    /// <summary>Other processes started from here.</summary>
    public const string Processes = "7 其他流程";

    /// <summary>Ways through the chart, loops, variables.</summary>
    public const string Control = "8 流程控制";

    /// <summary>Published workflows that are used as activities and name no group of their own.</summary>
    public const string Published = "9 已发布的流程";

    /// <summary>What runs but is not in the toolbox.</summary>
    public const string Hidden = "不在工具箱";
}
