using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.DataProtection;

namespace Approvals.Web.Pages.Inbox;

/// <summary>
/// A search term in an address. Case numbers stand there as they are; anything else may be a person's name and is encrypted, because
/// addresses end up in histories, proxies and logs.
/// </summary>
public sealed partial class SearchTerm(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("inbox-search");

    /// <summary>The term as it may stand in an address; null for none.</summary>
    public string? Write(string? term)
    {
        term = term?.Trim();
        return string.IsNullOrEmpty(term) ? null : CaseNumber().IsMatch(term) ? term : "~" + protector.Protect(Limit(term));
    }

    /// <summary>The term again; null when there is none or it is not ours.</summary>
    public string? Read(string? written)
    {
        if (string.IsNullOrEmpty(written) || !written.StartsWith('~'))
        {
            return string.IsNullOrWhiteSpace(written) ? null : Limit(written);
        }

        try
        {
            return protector.Unprotect(written[1..]);
        }
        catch (CryptographicException)
        {
            // A link from before the keys were changed: it shows the unsearched list.
            return null;
        }
    }

    private static string Limit(string term) => term.Length > 50 ? term[..50] : term;

    [GeneratedRegex(@"^[A-Za-z0-9\-〔〕]{1,40}$")]
    private static partial Regex CaseNumber();
}
