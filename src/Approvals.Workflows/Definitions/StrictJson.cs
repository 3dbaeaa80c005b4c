using System.Text.Json;

namespace Approvals.Workflows;

/// <summary>What System.Text.Json lets pass when it parses and stumbles over when a value is first read.</summary>
public static class StrictJson
{
    /// <summary>
    /// Reads every text of a document, so that half a surrogate pair, which can only be written as an escape such as <c>\ud800</c>, is
    /// refused at the door.
    /// </summary>
    /// <param name="utf8">A document.</param>
    /// <param name="depth">How deeply it may be nested.</param>
    /// <exception cref="JsonException">It is no JSON, or a text in it is no text.</exception>
    public static void Check(ReadOnlySpan<byte> utf8, int depth)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions
        {
            AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = depth,
        });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    reader.GetString();
            }
        }
        catch (InvalidOperationException wrong)
        {
            throw new JsonException("文本中有不完整的字符。", "$", null, reader.TokenStartIndex, wrong);
        }
    }

    /// <summary>
    /// Whether System.Text.Json says so of a value that was read from outside: the caller's fault, not ours. A JsonObject finds a doubled
    /// name while it is read or first looked into, and then it is the dictionary below it that complains; only the trace tells.
    /// </summary>
    public static bool IsUnreadable(Exception? fault) => fault switch
    {
        InvalidOperationException or FormatException => fault.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true,
        ArgumentException => fault.StackTrace?.Contains("at System.Text.Json.", StringComparison.Ordinal) == true,
        _ => false,
    };
}
