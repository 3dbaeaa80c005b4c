using Approvals.Documents.Text;
using CsCheck;

namespace Approvals.Documents.Tests;

public sealed class RmbCapitalTests
{
    [Theory]
    [InlineData("1234567.89", "人民币壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分")]
    [InlineData("1409.50", "人民币壹仟肆佰零玖元伍角整")]
    [InlineData("6007.14", "人民币陆仟零柒元壹角肆分")]
    [InlineData("1680.32", "人民币壹仟陆佰捌拾元零叁角贰分")]
    [InlineData("107000.53", "人民币壹拾万柒仟元零伍角叁分")]
    [InlineData("16409.02", "人民币壹万陆仟肆佰零玖元零贰分")]
    [InlineData("325.04", "人民币叁佰贰拾伍元零肆分")]
    [InlineData("0", "人民币零元整")]
    [InlineData("0.05", "人民币伍分")]
    [InlineData("0.50", "人民币伍角整")]
    [InlineData("10", "人民币壹拾元整")]
    [InlineData("800", "人民币捌佰元整")]
    [InlineData("100000005", "人民币壹亿零伍元整")]
    [InlineData("100020000", "人民币壹亿零贰万元整")]
    [InlineData("1001000100.01", "人民币壹拾亿零壹佰万零壹佰元零壹分")]
    public void Amounts_are_written_by_the_banks_rule(string amount, string expected) =>
        Assert.Equal(expected, RmbCapital.Format(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("-0.01")]
    [InlineData("0.001")]
    [InlineData("1000000000000")]
    public void Amounts_that_cannot_be_written_are_an_error(string amount) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => RmbCapital.Format(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void What_is_written_reads_back_as_the_amount() =>
        Gen.Frequency((3, Gen.Long[0, 99_999_999_999_999]), (1, Gen.Long[0, 9_999_999]), (1, Sparse)).Sample(fen =>
        {
            var text = RmbCapital.Format(fen / 100m);
            Assert.Equal(fen, Read(text));
            Assert.DoesNotContain("零零", text, StringComparison.Ordinal);
            Assert.Equal(fen % 10 == 0, text.EndsWith('整'));
        });

    // Mostly zeros, because zeros are where the rule is hard.
    private static Gen<long> Sparse =>
        Gen.Int[0, 9].Array[14].Select(digits => digits.Aggregate(0L, (sum, d) => sum * 10 + (d > 6 ? d : 0)));

    private static long Read(string text)
    {
        long total = 0, section = 0, digit = 0, yuan = 0;
        foreach (var c in text["人民币".Length..])
        {
            switch (c)
            {
                case '拾': section += digit * 10; digit = 0; break;
                case '佰': section += digit * 100; digit = 0; break;
                case '仟': section += digit * 1000; digit = 0; break;
                case '万': total += (section + digit) * 10_000; section = digit = 0; break;
                case '亿': total += (section + digit) * 100_000_000; section = digit = 0; break;
                case '元': yuan = (total + section + digit) * 100; digit = 0; break;
                case '角': yuan += digit * 10; digit = 0; break;
                case '分': yuan += digit; digit = 0; break;
                case '整': break;
                default: digit = "零壹贰叁肆伍陆柒捌玖".IndexOf(c, StringComparison.Ordinal); break;
            }
        }

        return yuan;
    }
}

public sealed class ChineseDateTests
{
    [Fact]
    public void Dates_have_no_leading_zeros() => Assert.Equal("2026年1月2日", ChineseDate.Format(new DateOnly(2026, 1, 2)));
}
