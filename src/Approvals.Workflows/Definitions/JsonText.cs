using System.Text.Encodings.Web;
using System.Text.Json;

namespace Approvals.Workflows;

/// <summary>How this assembly writes JSON: camel case and Chinese left readable.</summary>
internal static class JsonText
{
    public static readonly JsonSerializerOptions Compact = Make(false);
    public static readonly JsonSerializerOptions Indented = Make(true);

    private static JsonSerializerOptions Make(bool indented) => new(JsonSerializerDefaults.Web)
    {
        WriteIndented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
