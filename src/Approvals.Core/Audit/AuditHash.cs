using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Approvals.Core.Audit;

/// <summary>The hash that links audit entries.</summary>
public static class AuditHash
{
    /// <summary>Previous hash of the first entry.</summary>
    public static readonly string Genesis = new('0', 64);

    /// <summary>
    /// SHA-256, lower-case hex, over the JSON array [sequence, instant in UTC milliseconds, actor, action, subject kind, subject id,
    /// details, previous hash]. An array, so that no two different entries can give the same bytes.
    /// </summary>
    public static string Of(
        long sequence, DateTimeOffset at, Guid? actorId, string action, string subjectKind, string subjectId, string details,
        string previousHash)
    {
        var buffer = new ArrayBufferWriter<byte>(512 + (details.Length * 2));
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(sequence);
            writer.WriteNumberValue(at.ToUnixTimeMilliseconds());
            if (actorId is { } actor)
            {
                writer.WriteStringValue(actor);
            }
            else
            {
                writer.WriteNullValue();
            }

            writer.WriteStringValue(action);
            writer.WriteStringValue(subjectKind);
            writer.WriteStringValue(subjectId);
            writer.WriteStringValue(details);
            writer.WriteStringValue(previousHash);
            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    /// <summary>The hash an entry should have.</summary>
    public static string Of(AuditEntry entry) =>
        Of(entry.Sequence, entry.At, entry.ActorId, entry.Action, entry.SubjectKind, entry.SubjectId, entry.Details,
            entry.PreviousHash);
}
