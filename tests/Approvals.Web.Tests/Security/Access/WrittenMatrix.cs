using System.Text.RegularExpressions;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests.Security.Access;

/// <summary>The matrix as docs/security.md has it: a mark a column for every way in.</summary>
internal static partial class WrittenMatrix
{
    /// <summary>Reads it.</summary>
    public static Dictionary<string, string> Read() =>
        File.ReadLines(Path.Combine(Repository.Root, "docs", "security.md")).Select(line => Row().Match(line)).Where(row => row.Success)
            .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["marks"].Value.Replace(" | ", "", StringComparison.Ordinal), StringComparer.Ordinal);

    [GeneratedRegex(@"^\| (?<name>(GET|POST|PUT|DELETE|PATCH) /\S*( \([a-z']+\))?) \| (?<marks>[✔✘○]( \| [✔✘○])+) \|$")]
    private static partial Regex Row();
}
