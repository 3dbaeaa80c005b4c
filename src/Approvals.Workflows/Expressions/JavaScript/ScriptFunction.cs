namespace Approvals.Workflows;

/// <summary>A function that scripts can call, as an editor shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Its parameters in TypeScript.</param>
/// <param name="Returns">Its result in TypeScript.</param>
/// <param name="Description">What it does.</param>
public sealed record ScriptFunction(string Name, string Parameters, string Returns, string Description)
{
    /// <summary>Every function of every script; those named after variables, inputs and outputs come on top.</summary>
    public static readonly IReadOnlyList<ScriptFunction> All =
    [
        new("getVariable", "name: string", "any", "取流程变量的值"),
        new("setVariable", "name: string, value: any", "void", "设流程变量的值"),
        new("getInput", "name: string", "any", "取流程输入的值"),
        new("getOutputFrom", "activity: string, output?: string", "any", "取某个步骤的输出，步骤用编号表示"),
        new("getLastResult", "", "any", "取最近一个步骤的输出"),
        new("setOutcome", "name: string", "void", "运行脚本的步骤选择出口"),
        new("setOutcomes", "names: string[]", "void", "运行脚本的步骤选择多个出口"),
        new("getWorkflowInstanceId", "", "string", "流程实例的内部编号"),
        new("getWorkflowInstanceName", "", "string", "流程实例的名称"),
        new("setWorkflowInstanceName", "name: string", "void", "给流程实例命名"),
        new("getWorkflowDefinitionId", "", "string", "流程的代码"),
        new("getWorkflowDefinitionVersionId", "", "string", "流程版本的内部编号"),
        new("getWorkflowDefinitionVersion", "", "number", "流程版本号"),
        new("getCorrelationId", "", "string", "业务件的内部编号"),
        new("setCorrelationId", "id: string", "void", "改关联编号；业务件的流程不能使用"),
        new("isNullOrEmpty", "text: string", "boolean", "是否没有内容"),
        new("isNullOrWhiteSpace", "text: string", "boolean", "是否没有内容或只有空格"),
        new("toJson", "value: any", "string", "写成 JSON 文本"),
        new("parseGuid", "text: string", "string", "读内部编号"),
        new("newGuid", "", "string", "生成一个内部编号"),
        new("getGuid", "", "string", "生成一个内部编号"),
        new("getGuidString", "", "string", "生成一个内部编号"),
        new("getShortGuid", "", "string", "生成一个短的内部编号"),
        new("stringToBase64", "text: string", "string", "文本转为 Base64"),
        new("stringFromBase64", "text: string", "string", "Base64 还原为文本"),
    ];
}
