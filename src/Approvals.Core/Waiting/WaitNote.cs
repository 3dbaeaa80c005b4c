using System.Globalization;
using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Workflows;

namespace Approvals.Core.Waiting;

/// <summary>What a wait writes on its bookmark, so that the case page can say what is waited for.</summary>
public static class WaitNote
{
    private const string Step = "step";
    private const string Text = "waitsFor";

    /// <summary>The payload of a bookmark.</summary>
    /// <param name="context">The activity that waits.</param>
    /// <param name="waitsFor">What for, in words that follow 等待, e.g. 至 2026-11-30 17:30.</param>
    public static JsonObject Of(ActivityContext context, string waitsFor) =>
        new() { [Step] = context.Node.DisplayText, [Text] = waitsFor };

    /// <summary>Step and words of a stored payload; null when it says neither.</summary>
    public static (string Step, string WaitsFor)? Read(string? payload) =>
        payload is not null && JsonNode.Parse(payload) is JsonObject note
            && note[Step] is JsonValue step && note[Text] is JsonValue text
            ? (step.GetValue<string>(), text.GetValue<string>())
            : null;

    /// <summary>An instant as the words show it.</summary>
    public static string Moment(DateTimeOffset instant) =>
        ChinaTime.ToLocal(instant).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
