using System.Text.RegularExpressions;

namespace Approvals.Core.Organisation;

/// <summary>What mail addresses and telephone numbers look like; only a mail that arrives proves the address.</summary>
public static partial class ContactRules
{
    /// <summary>One @ with something on both sides and a dot behind it, at most 200 characters.</summary>
    public static bool IsEmail(string text) => text.Length <= 200 && Email().IsMatch(text);

    /// <summary>A mainland mobile number, or a land line with its area code.</summary>
    public static bool IsPhone(string text) => Phone().IsMatch(text);

    [GeneratedRegex(@"^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s.,;<>]{2,}$")]
    private static partial Regex Email();

    [GeneratedRegex(@"^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?)$")]
    private static partial Regex Phone();
}
