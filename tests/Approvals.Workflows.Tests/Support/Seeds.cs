using System.Globalization;

namespace Approvals.Testing;

/// <summary>
/// Seeds of what tests make up: the same in every <c>tests/run.sh</c>, so that nothing fails there by chance, and others in every
/// <c>tests/prove.sh</c>, so that it finds something new. Whoever uses one names it in the message of a failure; with
/// <c>APPROVALS_SEED</c> set to it that test does the same again.
/// </summary>
internal static class Seeds
{
    private static readonly string? Wanted = Environment.GetEnvironmentVariable("APPROVALS_SEED");

    // One for the process, and small, so that a test can count up from it and multiply it.
    private static readonly int Drawn = Random.Shared.Next(1, 1_000_000);

    /// <summary>Whether the long form runs.</summary>
    public static bool IsProving { get; } = Environment.GetEnvironmentVariable("APPROVALS_PROVE") is not null;

    /// <summary>The seed of a test, or the first of those it counts through, whose short form uses <paramref name="usual"/>.</summary>
    public static int For(int usual) => Choose(usual, IsProving, Wanted, Drawn);

    /// <summary>The rule itself: a seed that is asked for, else the usual one, else one that was drawn.</summary>
    public static int Choose(int usual, bool isProving, string? wanted, int drawn) =>
        wanted is { Length: > 0 } ? int.Parse(wanted, CultureInfo.InvariantCulture) : isProving ? unchecked(drawn + usual) : usual;
}
