using System.Globalization;

namespace Approvals.Core.Payouts.Files;

/// <summary>Names of files inside a packet. Pure.</summary>
internal static class FileNames
{
    private const int Longest = 80;

    /// <summary>
    /// A name that no file system objects to and that no other file of the packet has: characters of paths become underscores, a
    /// second equal name gets a number before its ending.
    /// </summary>
    /// <param name="name">As given.</param>
    /// <param name="used">Names given out so far.</param>
    public static string Distinct(string name, Dictionary<string, int> used)
    {
        var clean = string.Concat(name.Select(character =>
            char.IsControl(character) || "\\/:*?\"<>|".Contains(character, StringComparison.Ordinal) ? '_' : character)).Trim(' ', '.');
        var ending = Path.GetExtension(clean);
        var stem = clean[..^ending.Length];
        stem = stem.Length == 0 ? "文件" : stem.Length > Longest ? stem[..Longest] : stem;
        var key = (stem + ending).ToUpperInvariant();
        var count = used[key] = used.GetValueOrDefault(key) + 1;
        if (count == 1)
            return stem + ending;
        return Distinct(string.Create(CultureInfo.InvariantCulture, $"{stem}（{count}）{ending}"), used);
    }
}
