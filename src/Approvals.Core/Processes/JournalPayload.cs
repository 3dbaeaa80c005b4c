using System.Text.Json.Nodes;
using Approvals.Workflows;

namespace Approvals.Core.Processes;

/// <summary>Turns what a journal line carries beside its text into the JSON that is stored and shown.</summary>
internal static class JournalPayload
{
    /// <summary>Outcomes and payload of a line; null when it has neither.</summary>
    public static string? Of(JournalEntry entry)
    {
        if (entry.Outcomes is null)
            return entry.Payload?.ToJsonString();
        var payload = entry.Payload?.DeepClone().AsObject() ?? [];
        payload["outcomes"] = new JsonArray([.. entry.Outcomes.Select(outcome => (JsonNode)outcome)]);
        return payload.ToJsonString();
    }
}
