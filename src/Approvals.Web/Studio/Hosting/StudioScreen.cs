namespace Approvals.Web.Studio.Hosting;

/// <summary>A page of Studio: one custom element fills it.</summary>
/// <param name="Element">Tag of the element.</param>
/// <param name="Title">Chinese caption, a key of StudioTexts.</param>
/// <param name="DefinitionId">Process that the editor opens; null on the other pages.</param>
/// <param name="InstanceId">Run that the viewer shows; null on the other pages.</param>
public sealed record StudioScreen(string Element, string Title, string? DefinitionId = null, string? InstanceId = null)
{
    /// <summary>The screen of an address below <c>/studio/workflows/</c>, which are the addresses Studio itself uses; null if none is.</summary>
    public static StudioScreen? Of(string? path) => (path ?? "").TrimEnd('/').Split('/') switch
    {
        [""] or ["definitions"] => new("elsa-workflow-definition-list", "流程定义"),
        ["definitions", { Length: > 0 } id, "edit"] => new("elsa-workflow-definition-editor", "流程设计", DefinitionId: id),
        ["instances"] => new("elsa-workflow-instance-list", "运行记录"),
        ["instances", { Length: > 0 } id, "view"] => new("elsa-workflow-instance-viewer", "运行查看", InstanceId: id),
        _ => null,
    };
}
