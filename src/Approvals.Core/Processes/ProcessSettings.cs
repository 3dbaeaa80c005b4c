using System.Text.Json;
using System.Text.Json.Nodes;

namespace Approvals.Core.Processes;

/// <summary>
/// What the product needs to know of a process beyond Elsa's own properties, read from <c>customProperties.approvals</c> of the
/// definition, where Studio keeps it untouched.
/// </summary>
/// <param name="IsStartable">Whether applicants find it on the start page.</param>
/// <param name="CaseNumberPrefix">Prefix of its case numbers, e.g. <c>JZPR</c> gives <c>JZPR-2026-0001</c>.</param>
/// <param name="OwnerSection">Code of the section that owns its cases.</param>
/// <param name="StartForm">Form that its case is read by, and that people fill in to start it; null for a process on another's case.</param>
/// <param name="StartActivity">Activity that the first submission completes.</param>
/// <param name="SubjectField">Form field whose value names the case in lists.</param>
/// <param name="CanWithdraw">Whether the applicant may take a case back before the first decision; false where others open it for them.</param>
/// <param name="SpecialtyField">Form field holding the specialty code that chooses the business sections.</param>
public sealed record ProcessSettings(
    bool IsStartable = false,
    string CaseNumberPrefix = "YW",
    string? OwnerSection = null,
    string? StartForm = null,
    string? StartActivity = null,
    string SubjectField = "name",
    string SpecialtyField = "specialty",
    bool CanWithdraw = true)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Reads the settings; a definition without them gets the defaults.</summary>
    /// <exception cref="JsonException">The definition or its settings are not valid JSON of the expected shape.</exception>
    public static ProcessSettings Read(string definitionJson)
    {
        var node = JsonNode.Parse(definitionJson)?["customProperties"]?["approvals"];
        return node?.Deserialize<ProcessSettings>(Options) ?? new ProcessSettings();
    }
}
