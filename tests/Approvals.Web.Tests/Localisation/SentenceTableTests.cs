using Approvals.Web.Localisation;
using Approvals.Web.Resources;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests.Localisation;

public sealed class SentenceTableTests
{
    private static readonly SentenceTable Table = SentenceTable.Load(Path.Combine(Repository.Root, "workflows"), typeof(SaidTexts));

    [Theory]
    [InlineData("颁发聘任证书、颁发工作证", "Certificate of appointment issued, Work ID card issued")]
    [InlineData("无保险特批或本人答复", "Approval without cover or Answer of the commander")]
    [InlineData("等待至 2026-11-30 17:30（5 个工作日，下班时）", "waits until 2026-11-30 17:30 (5 working days, when the office closes)")]
    [InlineData("全天 1 天，半天 1 天", "whole days: 1, half days: 1")]
    [InlineData("2026-11-23，较大／县域，全天：1 天 × 350.00 元 = 350.00 元；2026-11-24，较大／县域，半天：1 个半天 × 175.00 元 = 175.00 元",
        "2026-11-23, Larger, Counties, whole day: 1 day × CNY 350.00 = CNY 350.00; 2026-11-24, Larger, Counties, half a day: 1 half day × CNY 175.00 = CNY 175.00")]
    [InlineData("≥ 1 年", "≥ 1 year")]
    [InlineData("21 年", "21 years")]
    [InlineData("1.1 年", "1.1 years")]
    [InlineData("等待至 2026-11-30 17:30（1 个工作日，下班时）", "waits until 2026-11-30 17:30 (1 working day, when the office closes)")]
    public void A_list_of_steps_is_in_English_by_its_parts(string chinese, string english) => Assert.Equal(english, Table.InEnglish(chinese));

    /// <summary>What somebody wrote may hold the same sign, and a word that has English.</summary>
    [Fact]
    public void A_sentence_of_which_only_a_part_has_English_stays_as_it_was_written() =>
        Assert.Equal("同意或者请他补充材料", Table.InEnglish("同意或者请他补充材料"));
}
