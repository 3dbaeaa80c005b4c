using Approvals.Core.Designer;

namespace Approvals.Web.Studio.Api;

/// <summary>
/// The short lists of Studio's property panels. Each holds what the runtime does, and nothing else: what is not in a list cannot be
/// chosen.
/// </summary>
internal static class DescriptorLists
{
    /// <summary>Languages of inputs. The first that can be chosen is what Studio takes for a new condition.</summary>
    public static readonly ExpressionItem[] Expressions =
    [
        new("Literal", "固定值", false, []),
        new("Object", "对象", false, new() { ["MonacoLanguage"] = "json" }),
        new("Json", "JSON", false, new() { ["MonacoLanguage"] = "json" }),
        new("JavaScript", "JavaScript 表达式", true, new() { ["MonacoLanguage"] = "javascript" }),
        new("Liquid", "Liquid 模板", true, new() { ["MonacoLanguage"] = "liquid" }),
        new("Variable", "流程变量", true, []),
        new("Input", "流程输入", true, []),
    ];

    public static readonly VariableItem[] Variables =
    [
        new("String", "文本", "基本", "一段文字，如姓名、意见。"),
        new("Boolean", "是/否", "基本", "是或否。"),
        new("Int32", "整数", "数字", "没有小数的数，如人数、天数。"),
        new("Long", "大整数", "数字", "超过二十一亿的整数。"),
        new("Decimal", "金额或小数", "数字", "精确到分的金额，或其他带小数的数。"),
        new("Double", "近似小数", "数字", "测量值等不要求精确的小数，金额请用“金额或小数”。"),
        new("DateOnly", "日期", "日期与时间", "某一天，如 2026-11-23。"),
        new("DateTimeOffset", "时刻", "日期与时间", "某一天的某个时间，带时区。"),
        new("TimeSpan", "时长", "日期与时间", "天.时:分:秒，如 1.00:00:00 为一天。"),
        new("Guid", "内部编号", "其他", "人员、业务件等的内部编号。"),
        new("Object", "任意内容", "其他", "任何值，按原样保存。"),
        new("JsonObject", "数据对象", "其他", "由名称和值组成的数据，如表单的一行。"),
    ];

    public static readonly StorageItem[] StorageDrivers =
        [new("Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core", "随流程保存", 5, false)];

    public static readonly StrategyItem[] ActivationStrategies =
        [new("Elsa.Workflows.ActivationValidators.AllowAlwaysStrategy, Elsa.Workflows.Core", "总是允许", "随时可以发起新的业务件。")];

    public static readonly StrategyItem[] IncidentStrategies =
    [
        new("FaultStrategy", "停下等待处理", "某一步出错时，整个流程停在原处，由系统管理员处理后继续。"),
        new("ContinueWithIncidentsStrategy", "其他分支继续", "某一步出错时，只有这一步停下，其他分支照常办理。"),
    ];

    public static readonly StrategyItem[] LogPersistenceStrategies =
        [new("Elsa.Workflows.LogPersistence.Strategies.Include, Elsa.Workflows.Core", "全部记录", "每一步都记入执行日志，不能关闭。")];

    public static readonly FeatureItem[] Features =
    [
        new("Workflows", "Elsa", "Elsa.Workflows", "流程", "运行流程定义。"),
        new("Flowchart", "Elsa", "Elsa.Flowchart", "流程图", "以流程图为主体的流程。"),
        new("WorkflowDefinitions", "Elsa", "Elsa.WorkflowDefinitions", "流程定义", "保存、发布和导出流程定义。"),
        new("WorkflowInstances", "Elsa", "Elsa.WorkflowInstances", "流程实例", "查看流程实例及其执行日志。"),
        new("JavaScript", "Elsa", "Elsa.JavaScript", "JavaScript 表达式", "在限定范围内运行的表达式。"),
        new("Liquid", "Elsa", "Elsa.Liquid", "Liquid 模板", "在限定范围内运行的模板。"),
    ];
}

/// <summary>An item of a short list, which is read in one language or another.</summary>
internal interface IDescribed<T>
{
    /// <summary>The item in a language.</summary>
    T In(DesignerWords words);
}

/// <summary>A language of inputs.</summary>
internal sealed record ExpressionItem(
    string Type, string DisplayName, bool IsBrowsable, Dictionary<string, string> Properties, bool IsSerializable = true) : IDescribed<ExpressionItem>
{
    public ExpressionItem In(DesignerWords words) => this with { DisplayName = words.Say(DisplayName) };
}

/// <summary>A type of variables.</summary>
internal sealed record VariableItem(string TypeName, string DisplayName, string Category, string Description) : IDescribed<VariableItem>
{
    public VariableItem In(DesignerWords words) =>
        this with { DisplayName = words.Say(DisplayName), Category = words.Say(Category), Description = words.Say(Description) };
}

/// <summary>Where variables are kept.</summary>
internal sealed record StorageItem(string TypeName, string DisplayName, int Priority, bool Deprecated) : IDescribed<StorageItem>
{
    public StorageItem In(DesignerWords words) => this with { DisplayName = words.Say(DisplayName) };
}

/// <summary>A way the runtime behaves.</summary>
internal sealed record StrategyItem(string TypeName, string DisplayName, string Description) : IDescribed<StrategyItem>
{
    public StrategyItem In(DesignerWords words) =>
        this with { DisplayName = words.Say(DisplayName), Description = words.Say(Description) };
}

/// <summary>A part of Elsa that is there.</summary>
internal sealed record FeatureItem(string Name, string Namespace, string FullName, string DisplayName, string Description) : IDescribed<FeatureItem>
{
    public FeatureItem In(DesignerWords words) =>
        this with { DisplayName = words.Say(DisplayName), Description = words.Say(Description) };
}
