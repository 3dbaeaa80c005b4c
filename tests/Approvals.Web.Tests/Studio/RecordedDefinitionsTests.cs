using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Studio;

/// <summary>The walk that was recorded at a stock Elsa 3.8, through definitions: every request again, in its order.</summary>
public sealed class RecordedDefinitionsTests
{
    /// <summary>Where ours answers otherwise on purpose.</summary>
    private static readonly Dictionary<int, int> OtherStatus = new()
    {
        [41] = 200,     // Elsa faults without a parent; the whole workflow is meant
        [123] = 400,    // Elsa publishes a workflow that it cannot run
    };

    /// <summary>
    /// Numbers of the recorded requests about definitions. Without 119 and 131: the one asks for a path that Elsa does not find though it
    /// is there, the other lists what 123 published.
    /// </summary>
    private static readonly int[] Walk =
    [
        29, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 46, 48, 49, 50, 51, 53, 54, 55, 56, 57, 58, 59, 60,
        94, 109, 112, 114, 116, 117, 118, 120, 121, 122, 123, 126, 127, 128, 129, 130, 132, 133, 134, 135,
    ];

    [Fact]
    public async Task Every_recorded_request_gets_the_recorded_answer()
    {
        await using var app = new TestApp();
        using var owner = await StudioClient.AsAsync(app, StudioClient.Owner);
        await app.DatabaseAsync(db => db.Definitions.ExecuteDeleteAsync());
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var differences = new List<string>();
        foreach (var number in Walk)
        {
            var pair = RecordedPair.Read(number);
            var answer = await owner.SendAsync(new HttpMethod(pair.Method), Here(pair.Path, ids), Content(pair, ids));
            var status = OtherStatus.GetValueOrDefault(number, pair.Status);
            if ((int)answer.Status != status)
                differences.Add($"{pair.Name}: {status} expected, {(int)answer.Status} here: {answer.Text[..Math.Min(600, answer.Text.Length)]}");
            else if (status == pair.Status && status < 400 && pair.Answer is not null)
                differences.AddRange(RecordedShape.Differences(pair.Answer, answer.Body).Select(one => $"{pair.Name}: {one}"));
            if (answer.Text.StartsWith('{'))
                Remember(pair.Answer, answer.Body, ids);
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    /// <summary>Version ids are made up by each server; later requests of the recording name them.</summary>
    private static void Remember(JsonNode? recorded, JsonNode ours, Dictionary<string, string> ids)
    {
        var (theirs, mine) = (recorded?["workflowDefinition"] ?? recorded, ours["workflowDefinition"] ?? ours);
        if (theirs?["id"] is JsonValue from && mine["id"] is JsonValue to)
            ids[from.ToString()] = to.ToString();
    }

    private static string Here(string text, Dictionary<string, string> ids) =>
        ids.Aggregate(text, (one, pair) => one.Replace(pair.Key, pair.Value, StringComparison.Ordinal));

    private static HttpContent? Content(RecordedPair pair, Dictionary<string, string> ids)
    {
        if (pair.Body is null)
            return null;
        var text = pair.Body is JsonValue raw ? raw.ToString() : pair.Body.ToJsonString();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Here(text, ids)));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(pair.ContentType!);
        return content;
    }
}
