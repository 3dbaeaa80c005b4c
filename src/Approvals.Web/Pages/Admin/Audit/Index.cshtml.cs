using System.Text.Json.Nodes;
using Approvals.Core.Audit;
using Approvals.Core.Organisation;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Admin.Audit;

/// <summary>The audit chain: its state, a search, and a check of the whole of it.</summary>
[Authorize(Policy = Policies.Auditing)]
public sealed class IndexModel(
    AuditSearch search, AuditSubjects subjects, AuditVerifier verifier, CheckpointWriter checkpoints, PersonNames people,
    IStringLocalizer<OperationsTexts> T) : PageModel
{
    /// <summary>Number or id of the thing looked for.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Subject { get; set; }

    /// <summary>Who; chosen by a name in the list, so that no name stands in an address.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Actor { get; set; }

    /// <summary>What was done; chosen in the list.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Act { get; set; }

    /// <summary>First day.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    /// <summary>Last day.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? Until { get; set; }

    /// <summary>Only entries before this one.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    /// <summary>Entries of the page.</summary>
    public IReadOnlyList<AuditEntry> Entries { get; private set; } = [];

    /// <summary>Whether older entries follow.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Newest entry of the chain.</summary>
    public AuditHead Head { get; private set; } = null!;

    /// <summary>Newest signed checkpoint; null before the first.</summary>
    public AuditCheckpoint? Checkpoint { get; private set; }

    /// <summary>Names of who acted.</summary>
    public IReadOnlyDictionary<Guid, string> Names { get; private set; } = new Dictionary<Guid, string>();

    /// <summary>Numbers and names of what the entries are about, by its id.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; private set; } = new Dictionary<string, string>();

    /// <summary>Shows the state and a page of entries.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var filter = new AuditFilter(await SubjectIdsAsync(cancellationToken), Act, Actor, From, Until, Before);
        var found = await search.PageAsync(filter, cancellationToken);
        Entries = [.. found.Take(AuditSearch.PageSize)];
        HasMore = found.Count > Entries.Count;
        Head = await search.HeadAsync(cancellationToken);
        Checkpoint = (await checkpoints.ReadAsync(cancellationToken)).LastOrDefault(one => one is not null);
        Labels = await subjects.LabelsAsync(Entries, cancellationToken);
        Names = await people.ForAsync(Entries.Select(entry => entry.ActorId).Append(Actor).OfType<Guid>().Distinct(), cancellationToken);
    }

    /// <summary>Checks the whole chain against itself and the signed checkpoints.</summary>
    public async Task<IActionResult> OnPostVerifyAsync(CancellationToken cancellationToken)
    {
        var result = await verifier.VerifyAsync(cancellationToken);
        TempData[result.IsIntact ? "Notice" : "Problem"] = result.Break is { } broken
            ? T["审计链异常：{0}", broken.Text].Value
            : T["审计链完整：共 {0} 条，核对签名检查点 {1} 个。", result.Entries, result.Checkpoints].Value;
        return Redirect("/admin/audit");
    }

    /// <summary>People know numbers; an id, as links of this page carry it, is looked for as it is.</summary>
    private async Task<IReadOnlyList<string>?> SubjectIdsAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(Subject))
            return null;
        var subject = Subject.Trim();
        return Guid.TryParse(subject, out _) ? [subject] : [subject, .. await subjects.IdsOfAsync(subject, cancellationToken)];
    }

    /// <summary>An entry's details as names with values; what is no object stays as it is.</summary>
    public static IReadOnlyList<(string Name, string Value)> DetailsOf(AuditEntry entry) =>
        JsonNode.Parse(entry.Details) is JsonObject details
            ? [.. details.Select(pair => (pair.Key, pair.Value is JsonValue value ? value.ToString() : pair.Value?.ToJsonString() ?? "—"))]
            : [("", entry.Details)];
}
