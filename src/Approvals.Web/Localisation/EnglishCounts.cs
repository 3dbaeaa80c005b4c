using System.Text.RegularExpressions;

namespace Approvals.Web.Localisation;

/// <summary>
/// English after a count of one. Texts have one form, the plural's; Chinese has no other, and so nobody who writes a sentence thinks of it.
/// </summary>
internal static partial class EnglishCounts
{
    /// <summary>The text with what is counted, and the verb behind it, in the singular where the count is one: “1 lines are” is “1 line is”.</summary>
    public static string Agree(string text) => text.Contains("1 ", StringComparison.Ordinal)
        ? OneOfMany().Replace(text, match =>
            $"1 {match.Groups["kind"].Value}{Singular(match.Groups["noun"].Value)}{match.Groups["more"].Value}{Verb(match.Groups["verb"].Value)}")
        : text;

    private static string Singular(string noun) => noun switch
    {
        "people" => "person",
        "matches" => "match",
        _ when noun.EndsWith("ies", StringComparison.Ordinal) => noun[..^3] + "y",
        _ => noun[..^1],
    };

    private static string Verb(string verb) => verb switch
    {
        "" => "",
        " are" => " is",
        " were" => " was",
        " have" => " has",
        " do" => " does",
        _ => verb + "s",
    };

    // Neither 21 nor 1.1, nor the last figure of a date or a time, nor a row that is number 1. Not any word: verbs end in s as well.
    [GeneratedRegex(
        @"(?<![\d.,:\-–/]|\b(?i:row|line|entry|version|session) )1 (?<kind>(?:[a-z-]+ ){0,2}?)"
        + "(?<noun>accounts|activities|acts|candidates|cases|characters|checkpoints|codes|columns|commanders|conditions|copies|days|documents|"
        + "entitlements|entries|fields|files|findings|hours|incidents|instances|invoices|items|levels|lines|matches|minutes|missions|objections|"
        + "payees|payments|people|points|policies|qualifications|refusals|reports|rows|rules|seconds|statements|steps|tasks|timers|times|versions|years)"
        + @"\b(?<more>(?: \([a-z ]+\)| that day)?)(?<verb>(?: are| were| have| do| wait| stand| need)?)\b")]
    private static partial Regex OneOfMany();
}
