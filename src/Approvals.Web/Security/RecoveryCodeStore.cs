using System.Security.Cryptography;
using System.Text;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Approvals.Web.Security;

/// <summary>
/// Keeps accounts as ASP.NET Core Identity does, but recovery codes only as salted hashes (ASVS 5.0, 6.5.2): who reads the database, or a
/// backup, cannot sign in with them. One salt for the codes of an account, so that a guess costs one derivation and not one for each code.
/// </summary>
public sealed class RecoveryCodeStore(ApprovalsDbContext context, IdentityErrorDescriber? describer = null)
    : UserOnlyStore<ApplicationUser, ApprovalsDbContext, Guid>(context, describer)
{
    // The names under which ASP.NET Core Identity keeps and looks for the codes.
    private const string IdentityProvider = "[AspNetUserStore]";
    private const string IdentityName = "RecoveryCodes";

    private const string Scheme = "pbkdf2-sha512";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private const int Iterations = 210_000;

    /// <inheritdoc />
    public override Task ReplaceCodesAsync(ApplicationUser user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return KeepAsync(user, salt, [.. recoveryCodes.Select(code => Hash(code, salt))], cancellationToken);
    }

    /// <inheritdoc />
    public override async Task<bool> RedeemCodeAsync(ApplicationUser user, string code, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(code);
        var (salt, hashes) = await ReadAsync(user, cancellationToken);
        if (hashes.Count == 0)
            return false;
        var given = Convert.FromBase64String(Hash(code, salt));
        if (hashes.Find(one => CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(one), given)) is not { } used)
            return false;

        // Race closed: the same code twice at once. Identity stores the account with its concurrency stamp, so one of two is refused.
        hashes.Remove(used);
        await KeepAsync(user, salt, hashes, cancellationToken);
        return true;
    }

    /// <inheritdoc />
    public override async Task<int> CountCodesAsync(ApplicationUser user, CancellationToken cancellationToken)
    {
        var kept = await KeptAsync(user, cancellationToken);
        return kept is [Scheme, _, .. var hashes] ? hashes.Length : kept.Length;
    }

    private async Task<string[]> KeptAsync(ApplicationUser user, CancellationToken cancellationToken) =>
        (await GetTokenAsync(user, IdentityProvider, IdentityName, cancellationToken) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);

    private Task KeepAsync(ApplicationUser user, byte[] salt, IReadOnlyList<string> hashes, CancellationToken cancellationToken) =>
        SetTokenAsync(user, IdentityProvider, IdentityName, string.Join(';', [Scheme, Convert.ToBase64String(salt), .. hashes]), cancellationToken);

    /// <summary>What is kept. Codes that an earlier release kept as they are are hashed before anything else is done with them.</summary>
    private async Task<(byte[] Salt, List<string> Hashes)> ReadAsync(ApplicationUser user, CancellationToken cancellationToken)
    {
        var kept = await KeptAsync(user, cancellationToken);
        if (kept is [Scheme, var salt, .. var hashes])
            return (Convert.FromBase64String(salt), [.. hashes]);
        var made = RandomNumberGenerator.GetBytes(SaltBytes);
        return (made, [.. kept.Select(code => Hash(code, made))]);
    }

    private static string Hash(string code, byte[] salt) => Convert.ToBase64String(
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(code), salt, Iterations, HashAlgorithmName.SHA512, HashBytes));
}
