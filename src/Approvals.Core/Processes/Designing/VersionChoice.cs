using System.Globalization;
using System.Linq.Expressions;

namespace Approvals.Core.Processes.Designing;

/// <summary>Which versions of a definition are asked for, in the words of Elsa's <c>versionOptions</c>.</summary>
public sealed record VersionChoice
{
    private VersionChoice(Expression<Func<DefinitionVersion, bool>> matches) => Matches = matches;

    /// <summary>Whether a version is among them; understood by the database.</summary>
    public Expression<Func<DefinitionVersion, bool>> Matches { get; }

    /// <summary>Every version.</summary>
    public static VersionChoice All { get; } = new(_ => true);

    /// <summary>The newest version, draft or not.</summary>
    public static VersionChoice Latest { get; } = new(row => row.IsLatest);

    /// <summary>The version new cases start on.</summary>
    public static VersionChoice Published { get; } = new(row => row.IsPublished);

    /// <summary>
    /// Reads <c>Latest</c>, <c>Published</c>, <c>LatestOrPublished</c>, <c>LatestAndPublished</c>, <c>Draft</c>, <c>AllVersions</c> or a
    /// number, whatever their case; empty text is every version.
    /// </summary>
    /// <returns>Null when the words are others.</returns>
    public static VersionChoice? Parse(string? words) => words?.Trim().ToLowerInvariant() switch
    {
        null or "" or "all" or "allversions" => All,
        "latest" => Latest,
        "published" => Published,
        "latestorpublished" => new(row => row.IsLatest || row.IsPublished),
        "latestandpublished" => new(row => row.IsLatest && row.IsPublished),
        "draft" => new(row => !row.IsPublished),
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => new(row => row.Version == number),
        _ => null,
    };
}
