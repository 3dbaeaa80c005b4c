using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Core.Forms;
using Approvals.Core.Processes;
using Approvals.Core.Regulations;

namespace Approvals.Core.Inbox;

/// <summary>A file as it was shown.</summary>
/// <param name="Field">Form field.</param>
/// <param name="Name">File name.</param>
/// <param name="Sha256">Hash of its content.</param>
public sealed record ShownFile(string Field, string Name, string Sha256);

/// <summary>
/// Exactly what a signer has before them, as canonical JSON: keys in a fixed order, only the fields their step may read. Its
/// hash is on the page; a decision whose hash no longer fits is refused, because something else would be signed.
/// </summary>
public sealed record ShownContent(string Json, string Hash)
{
    /// <summary>Name of the algorithm of every <see cref="Hash"/>.</summary>
    public const string Algorithm = "SHA-256";

    /// <summary>Fields that the form computes: nobody enters them.</summary>
    private IReadOnlyCollection<string> Computed { get; init; } = [];

    /// <summary>Builds the content of a step.</summary>
    public static ShownContent Of(
        string caseNumber,
        StepRun step,
        FormDefinition form,
        JsonObject data,
        IEnumerable<ShownFile> files,
        IEnumerable<Finding> findings)
    {
        var visible = FormMerge.Visible(form, data, step.RightsKey);
        var readable = FormRights.For(form, step.RightsKey);
        var shown = new JsonObject
        {
            ["case"] = caseNumber,
            ["step"] = step.StepName,
            ["round"] = step.Round,
            ["form"] = form.Title,
            ["data"] = Sorted(visible),
            ["files"] = new JsonArray(
            [
                .. files.Where(file => readable.MayRead(file.Field))
                    .OrderBy(file => file.Field, StringComparer.Ordinal)
                    .ThenBy(file => file.Sha256, StringComparer.Ordinal)
                    .Select(file => (JsonNode)new JsonObject
                    {
                        ["field"] = file.Field,
                        ["name"] = file.Name,
                        ["sha256"] = file.Sha256,
                    }),
            ]),
            ["findings"] = new JsonArray(
            [
                .. findings.OrderBy(finding => finding.Rule, StringComparer.Ordinal)
                    .Select(finding => (JsonNode)new JsonObject
                    {
                        ["rule"] = finding.Rule,
                        ["article"] = finding.Article,
                        ["verdict"] = finding.Verdict.ToString(),
                        ["value"] = finding.Value,
                        ["on"] = FieldValues.Node(ChinaTime.DateOf(finding.At)),
                        ["parameters"] = finding.ParameterIds,
                    }),
            ]),
        };
        var json = shown.ToJsonString();
        return new ShownContent(json, DefinitionHash.Of(json))
        {
            Computed = [.. form.Fields.Where(field => field.Call is not null).Select(field => field.Key)],
        };
    }

    /// <summary>What is signed in the end: what was shown, what the signer entered, what the form made of that, and what was decided.</summary>
    public ShownContent With(DecisionKind kind, string? opinion, string? returnTo, JsonObject entered, Guid decider, DateTimeOffset at)
    {
        var signed = new JsonObject
        {
            ["shown"] = JsonNode.Parse(Json),
            ["entered"] = Sorted(new JsonObject(entered.Where(pair => !Computed.Contains(pair.Key)).Select(Copy))),
            ["computed"] = Sorted(new JsonObject(entered.Where(pair => Computed.Contains(pair.Key)).Select(Copy))),
            ["decision"] = kind.ToString(),
            ["opinion"] = opinion,
            ["returnTo"] = returnTo,
            ["decider"] = decider.ToString(),
            ["at"] = at.ToUniversalTime().ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        };
        var json = signed.ToJsonString();
        return new ShownContent(json, DefinitionHash.Of(json));
    }

    private static KeyValuePair<string, JsonNode?> Copy(KeyValuePair<string, JsonNode?> pair) => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone());

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject value => new JsonObject(value.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value)))),
        JsonArray array => new JsonArray([.. array.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
