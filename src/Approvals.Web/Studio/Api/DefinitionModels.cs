using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Core.Processes.Designing;

namespace Approvals.Web.Studio.Api;

/// <summary>A line of the definitions list.</summary>
internal sealed record DefinitionSummary(
    IReadOnlyList<StudioLink> Links,
    string Id,
    string DefinitionId,
    string Name,
    string? Description,
    int Version,
    bool IsLatest,
    bool IsPublished,
    DateTimeOffset CreatedAt,
    string? ToolVersion = null,
    string MaterializerName = "Json",
    bool IsMaterializerAvailable = true,
    bool IsReadonly = false)
{
    public static DefinitionSummary Of(DefinitionVersion row, bool mayDesign) => new(
        DefinitionLinks.Of(row.DefinitionId, mayDesign), row.Id, row.DefinitionId, row.Name, row.Description ?? "", row.Version,
        row.IsLatest, row.IsPublished, row.CreatedAt);
}

/// <summary>Definitions as Studio reads them.</summary>
internal static class DefinitionModels
{
    /// <summary>Whether the person of the request may change definitions.</summary>
    public static bool MayDesign(this HttpContext http) => http.User.IsInRole(Roles.ProcessOwner);

    /// <summary>The whole of a version, with links by the reader's rights.</summary>
    public static JsonObject Of(DefinitionVersion row, HttpContext http)
    {
        var model = DefinitionDocument.ForDesigner(row, http.RequestServices.GetRequiredService<KnownActivities>());
        var links = DefinitionLinks.Of(row.DefinitionId, http.MayDesign());
        model.Insert(0, "links", JsonSerializer.SerializeToNode(links, StudioAnswers.Json));
        return model;
    }
}
