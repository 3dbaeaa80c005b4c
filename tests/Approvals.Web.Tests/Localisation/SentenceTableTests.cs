using Approvals.Web.Localisation;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests.Localisation;

public sealed class SentenceTableTests
{
    private static readonly SentenceTable Table = SentenceTable.Load(Path.Combine(Repository.Root, "workflows"));

    [Theory]
    [InlineData("颁发聘任证书、颁发工作证", "Certificate of appointment issued, Work ID card issued")]
    [InlineData("无保险特批或本人答复", "Approval without cover or Answer of the commander")]
    public void A_list_of_steps_is_in_English_by_its_parts(string chinese, string english) => Assert.Equal(english, Table.InEnglish(chinese));

    /// <summary>What somebody wrote may hold the same sign, and a word that has English.</summary>
    [Fact]
    public void A_sentence_of_which_only_a_part_has_English_stays_as_it_was_written() =>
        Assert.Equal("同意或者请他补充材料", Table.InEnglish("同意或者请他补充材料"));
}
