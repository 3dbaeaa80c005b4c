using System.Globalization;

namespace Approvals.Web.Studio.Api;

/// <summary>Reads Studio's query strings: names in any case, <c>True</c> and <c>False</c>, lists by repetition, empty text for nothing.</summary>
internal static class StudioQuery
{
    /// <summary>A text; null when it is missing or empty.</summary>
    public static string? Text(this IQueryCollection query, string name) =>
        query[name].FirstOrDefault() is { Length: > 0 } text ? text : null;

    /// <summary>A whole number; null when it is missing or none.</summary>
    public static int? Number(this IQueryCollection query, string name) =>
        int.TryParse(query[name].FirstOrDefault(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether it says <c>true</c>.</summary>
    public static bool Flag(this IQueryCollection query, string name) => bool.TryParse(query[name].FirstOrDefault(), out var flag) && flag;

    /// <summary>Every text of that name.</summary>
    public static IReadOnlyList<string> Texts(this IQueryCollection query, string name) =>
        [.. query[name].Where(text => !string.IsNullOrEmpty(text)).Select(text => text!)];
}
