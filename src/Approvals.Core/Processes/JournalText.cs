using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Workflows;

namespace Approvals.Core.Processes;

/// <summary>
/// The JSON of a burst's lines. Grouped by the run they happened to, so that path, type and run id stand there once:
/// <c>[{"node":"…","type":"…","run":"…","events":[{"n":3,"event":"Started","ms":0}]}]</c>.
/// </summary>
internal static class JournalText
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyList<JournalEntry> entries)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            writer.WriteStartArray();
            foreach (var run in entries.GroupBy(entry => entry.ActivityRunId))
                WriteRun(writer, run, entries[0].At);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static IReadOnlyList<JournalLine> Read(Guid instanceId, string json, DateTimeOffset start)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. document.RootElement.EnumerateArray()
                .SelectMany(run => run.GetProperty("events").EnumerateArray().Select(line => ReadLine(instanceId, run, line, start)))
                .OrderBy(line => line.Sequence),
        ];
    }

    private static void WriteRun(Utf8JsonWriter writer, IGrouping<Guid, JournalEntry> run, DateTimeOffset start)
    {
        var any = run.First();
        writer.WriteStartObject();
        writer.WriteString("node", any.NodeId);
        writer.WriteString("type", any.ActivityType);
        writer.WriteString("run", run.Key);
        if (any.ParentRunId is { } parent)
            writer.WriteString("parent", parent);
        writer.WriteStartArray("events");
        foreach (var entry in run)
            WriteLine(writer, entry, start);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteLine(Utf8JsonWriter writer, JournalEntry entry, DateTimeOffset start)
    {
        writer.WriteStartObject();
        writer.WriteNumber("n", entry.Sequence);
        writer.WriteString("event", entry.EventName);
        writer.WriteNumber("ms", (long)(entry.At - start).TotalMilliseconds);
        if (entry.Message is { } message)
            writer.WriteString("message", message);
        if (entry.Payload is not null || entry.Outcomes is not null)
            WritePayload(writer, entry);
        writer.WriteEndObject();
    }

    private static void WritePayload(Utf8JsonWriter writer, JournalEntry entry)
    {
        writer.WriteStartObject("payload");
        foreach (var (name, value) in entry.Payload ?? [])
        {
            writer.WritePropertyName(name);
            if (value is null)
                writer.WriteNullValue();
            else
                value.WriteTo(writer);
        }

        if (entry.Outcomes is { } outcomes)
        {
            writer.WriteStartArray("outcomes");
            foreach (var outcome in outcomes)
                writer.WriteStringValue(outcome);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static JournalLine ReadLine(Guid instanceId, JsonElement run, JsonElement line, DateTimeOffset start) => new(
        instanceId,
        line.GetProperty("n").GetInt64(),
        run.GetProperty("node").GetString()!,
        run.GetProperty("type").GetString()!,
        run.GetProperty("run").GetGuid(),
        run.TryGetProperty("parent", out var parent) ? parent.GetGuid() : null,
        line.GetProperty("event").GetString()!,
        start.AddMilliseconds(line.GetProperty("ms").GetInt64()),
        line.TryGetProperty("message", out var message) ? message.GetString() : null,
        line.TryGetProperty("payload", out var payload) && payload.ValueKind == JsonValueKind.Object ? JsonObject.Create(payload.Clone()) : null);
}
