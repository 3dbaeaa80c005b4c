using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Approvals.Core.Data;

/// <summary>
/// How values are written as JSON into a column: Chinese as it is, not as six characters each, so that it takes a third of the room and an
/// auditor can read the table. What was written otherwise before reads the same.
/// </summary>
internal static class StoredJson
{
    /// <summary>With everything.</summary>
    public static readonly JsonSerializerOptions Full = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Without what is false, nothing or zero. A member that is true when it is not given has to be marked as always written.</summary>
    public static readonly JsonSerializerOptions Short = new(Full) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };
}
