namespace Approvals.Web.Studio.Api;

/// <summary>What a person may do with something, as Studio reads it: without <c>publish</c> its editor is read only.</summary>
internal sealed record StudioLink(string Href, string Rel, string Method);

/// <summary>Links of definitions and of their list; a reader gets none.</summary>
internal static class DefinitionLinks
{
    public static IReadOnlyList<StudioLink> Of(string definitionId, bool mayDesign)
    {
        if (!mayDesign)
            return [];
        var at = $"/workflow-definitions/{Uri.EscapeDataString(definitionId)}";
        return
        [
            new(at, "self", "GET"),
            new($"/workflow-definitions/by-definition-id/{Uri.EscapeDataString(definitionId)}", "self", "GET"),
            new($"{at}/versions", "versions", "GET"),
            new($"{at}/export", "export", "POST"),
            new($"{at}/publish", "publish", "POST"),
            new($"{at}/retract", "retract", "POST"),
            new(at, "delete", "DELETE"),
            new($"{at}/import", "import", "PUT"),
            new($"{at}/update-references", "update-references", "POST"),
        ];
    }

    public static IReadOnlyList<StudioLink> OfList(bool mayDesign) => !mayDesign
        ? []
        :
        [
            new("/workflow-definitions", "self", "GET"),
            new("/workflow-definitions/validation/is-name-unique", "is-name-unique", "GET"),
            new("/workflow-definitions/query/count", "count", "GET"),
            new("/workflow-definitions/many-by-id", "many-by-id", "GET"),
            new("/bulk-actions/delete/workflow-definitions/by-definition-id", "bulk-delete-by-definition-id", "POST"),
            new("/bulk-actions/delete/workflow-definitions/by-id", "bulk-delete-by-id", "POST"),
            new("/bulk-actions/publish/workflow-definitions/by-definition-ids", "bulk-publish", "POST"),
            new("/bulk-actions/retract/workflow-definitions/by-definition-ids", "bulk-retract", "POST"),
            new("/workflow-definitions/import", "import", "POST"),
            new("/workflow-definitions/import-files", "import-files", "POST"),
            new("/workflow-definitions", "create", "POST"),
        ];
}
