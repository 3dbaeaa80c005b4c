using Approvals.Core.Payouts;

namespace Approvals.Core.Tests.Payouts;

/// <summary>Invented people, units and cards that pass their checks.</summary>
internal static class Identities
{
    /// <summary>A person; equal numbers give equal people.</summary>
    public static PayeeReference Person(int number, Guid? personId = null) =>
        new(PayeeKind.Person, $"收款人{number}", IdentityNumber(number), personId);

    public static string IdentityNumber(int number)
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var text = $"500101{new DateOnly(1960, 1, 1).AddDays(number % 9000):yyyyMMdd}{number / 9000 % 1000:000}";
        return text + "10X98765432"[text.Select((digit, place) => (digit - '0') * weights[place]).Sum() % 11];
    }

    public static PayeeReference Unit(int number)
    {
        const string alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        var text = $"91500101MA{number:0000000}";
        var (sum, weight) = (0, 1);
        foreach (var character in text)
        {
            sum += alphabet.IndexOf(character, StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }

        return new PayeeReference(PayeeKind.Unit, $"单位{number}", text + alphabet[(31 - sum % 31) % 31]);
    }

    /// <summary>A bank card of 19 digits that passes the Luhn check.</summary>
    public static string Card(int number)
    {
        var text = $"622202{number:000000000000}";
        for (var last = 0; ; last++)
        {
            var card = text + last;
            if (AccountNumber.ProblemOf(PayeeKind.Person, card) is null)
                return card;
        }
    }
}
