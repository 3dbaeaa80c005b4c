using Approvals.Core.Forms;
using CsCheck;

namespace Approvals.Core.Tests.Forms;

public sealed class IdentityNumberTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Theory]
    [InlineData("11010519491231002X", "1949-12-31", "女")] // the example of GB 11643-1999
    [InlineData("440524188001010014", null, null)] // the standard's other example, born 1880: before the register
    [InlineData("500101197803124210", "1978-03-12", "男")]
    public void BirthDateAndGenderAreReadFromTheNumber(string text, string? birth, string? gender)
    {
        var id = IdentityNumber.Parse(text, Today);
        Assert.Equal(birth, id?.BirthDate.ToString("yyyy-MM-dd"));
        Assert.Equal(gender, id?.Gender);
    }

    [Theory]
    [InlineData("5001011978031242", "18 位")]
    [InlineData("50010119780312421A", "末位为数字或 X")]
    [InlineData("990101197803124210", "地区代码")]
    [InlineData("500101197813124210", "出生日期")]
    [InlineData("500101197802304210", "出生日期")]
    [InlineData("500101203803124210", "晚于今天")]
    [InlineData("500101197803124217", "校验位")]
    public void EachMistakeIsNamed(string text, string expected) =>
        Assert.Contains(expected, IdentityNumber.ProblemOf(text, Today));

    [Fact]
    public void AnySingleWrongDigitIsFound() =>
        Gen.Select(Gen.Int[0, 16], Gen.Int[1, 9]).Sample((place, shift) =>
        {
            var digits = "500101197803124210".ToCharArray();
            digits[place] = (char)('0' + ((digits[place] - '0' + shift) % 10));
            Assert.NotNull(IdentityNumber.ProblemOf(new string(digits), Today));
        });

    [Fact]
    public void MaskingKeepsThreeAndFour()
    {
        Assert.Equal("500***********4210", Masking.IdentityNumber("500101197803124210"));
        Assert.Equal("138****1234", Masking.Phone("13800001234"));
        Assert.Equal("张**", Masking.Name("张建国"));
        Assert.Equal("z***@example.cn", Masking.Email("zhang@example.cn"));
        Assert.Equal("******", Masking.IdentityNumber("123456"));
        Assert.Equal("", Masking.Phone(null));
    }
}
