using System.Text.Json.Nodes;
using Approvals.Core.Forms;
using Approvals.Core.Processes;

namespace Approvals.Core.Cases;

/// <summary>What a case's row says of its application: whom it is about and whose unit recommends.</summary>
internal static class CaseHeading
{
    /// <summary>Longest subject in a list; the form keeps what is longer.</summary>
    private const int LongestSubject = 200;

    /// <summary>Takes both over from the form of the application; a field that is empty changes nothing.</summary>
    public static void Take(Case row, ProcessSettings settings, JsonObject data)
    {
        var subject = FieldValues.Text(data[settings.SubjectField]);
        if (!string.IsNullOrWhiteSpace(subject))
            row.SubjectName = Shortened(subject);

        // The unit the applicant names is the one whose representative recommends.
        if (Guid.TryParse(FieldValues.Text(data["unit"]), out var unit))
            row.UnitId = unit;
    }

    /// <summary>A draft keeps whatever was typed, but its column ends here; no sign of two UTF-16 units is cut in half.</summary>
    private static string Shortened(string subject) => subject.Length <= LongestSubject ? subject
        : subject[..(char.IsHighSurrogate(subject[LongestSubject - 1]) ? LongestSubject - 1 : LongestSubject)];
}
