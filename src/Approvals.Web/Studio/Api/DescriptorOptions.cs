using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Approvals.Core.Designer;
using Approvals.Web.Localisation;
using Microsoft.AspNetCore.Mvc;

namespace Approvals.Web.Studio.Api;

/// <summary>The choices of an input, asked for each time its panel opens.</summary>
internal static partial class DescriptorOptions
{
    /// <summary>Names the process being edited; without it the address of the page says.</summary>
    public const string DefinitionHeader = "X-Studio-Definition";

    /// <summary>What Studio sends: the inputs of the activity by camel-case name.</summary>
    internal sealed record Question(JsonElement Context);

    public static async Task<IResult> ListAsync(
        string type, string input, [FromBody] Question? question, HttpContext http, DescriptorCatalogue catalogue, PickLists lists,
        Wording wording)
    {
        var descriptor = (await catalogue.AllAsync(wording.Designer, http.RequestAborted)).Find(type, version: null);
        var asked = descriptor?.Inputs.FirstOrDefault(one => string.Equals(one.Name, input, StringComparison.OrdinalIgnoreCase));
        if (asked is null)
            return StudioAnswers.NotFound();
        var inputs = question?.Context.ValueKind == JsonValueKind.Object
            ? JsonSerializer.SerializeToNode(question.Context)!.AsObject()
            : [];
        return StudioAnswers.Ok(new { items = await lists.SpecifyAsync(descriptor!, asked, ProcessOf(http), inputs, wording.Designer, http.RequestAborted) });
    }

    /// <summary>Studio's question does not say which process is open, but the page it comes from does.</summary>
    internal static string? ProcessOf(HttpContext http)
    {
        if (http.Request.Headers[DefinitionHeader].FirstOrDefault() is { Length: > 0 } named)
            return named;
        return Uri.TryCreate(http.Request.Headers.Referer.FirstOrDefault(), UriKind.Absolute, out var page)
            && PageOfProcess().Match(page.AbsolutePath) is { Success: true } match
                ? Uri.UnescapeDataString(match.Groups["id"].Value)
                : null;
    }

    [GeneratedRegex("/workflows/definitions/(?<id>[^/]+)/edit")]
    private static partial Regex PageOfProcess();
}
