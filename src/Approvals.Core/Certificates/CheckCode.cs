using System.Security.Cryptography;

namespace Approvals.Core.Certificates;

/// <summary>Random words nobody can guess: the QR code's address of a certificate, the receipt of an objection.</summary>
public static class CheckCode
{
    // Crockford's base 32: no I, L, O, U, so that it can be read out and typed.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A new word of <paramref name="length"/> characters; 16 carry 80 bits.</summary>
    public static string New(int length = 16) => RandomNumberGenerator.GetString(Alphabet, length);

    /// <summary>As typed, in the stored form: blanks and hyphens dropped, upper case, O as 0 and I, L as 1.</summary>
    public static string Normalise(string typed) => string.Concat(typed.ToUpperInvariant()
        .Where(character => !char.IsWhiteSpace(character) && character != '-')
        .Select(character => character switch { 'O' => '0', 'I' or 'L' => '1', _ => character }));
}
