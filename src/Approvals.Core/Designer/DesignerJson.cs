using System.Text.Encodings.Web;
using System.Text.Json;

namespace Approvals.Core.Designer;

/// <summary>How answers to the designer are written: compact, Chinese as it is.</summary>
internal static class DesignerJson
{
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
