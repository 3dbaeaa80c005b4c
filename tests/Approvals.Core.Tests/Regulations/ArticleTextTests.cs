using Approvals.Core.Regulations;

namespace Approvals.Core.Tests.Regulations;

public sealed class ArticleTextTests
{
    [Theory]
    [InlineData("T§12.4", "《重庆市抢险救援技术指挥官管理暂行办法》第十二条第（四）项")]
    [InlineData("T§14", "《重庆市抢险救援技术指挥官管理暂行办法》第十四条")]
    [InlineData("T§20", "《重庆市抢险救援技术指挥官管理暂行办法》第二十条")]
    [InlineData("T§7.10", "《重庆市抢险救援技术指挥官管理暂行办法》第七条第（十）项")]
    [InlineData("E§13", "《长治市应急管理专家使用管理办法（试行）》第十三条")]
    [InlineData("W四(一)", "《威海市人民政府办公室关于建立健全应急救援力量联调联战工作机制的实施意见》第四部分第（一）项")]
    [InlineData(
        "W四(一)、N二(六)",
        "《威海市人民政府办公室关于建立健全应急救援力量联调联战工作机制的实施意见》第四部分第（一）项、"
        + "《关于进一步加强国家安全生产应急救援队伍建设的意见（征求意见稿）》第二部分第（六）项")]
    [InlineData("W四(一)、默认", "W四(一)、默认")]
    [InlineData("默认", "默认")]
    [InlineData("X§1", "X§1")]
    public void An_article_is_cited_as_officials_write_it(string article, string text) =>
        Assert.Equal(text, ArticleText.InChinese(article));

    [Theory]
    [InlineData("T§12.4", "Interim Measures of Chongqing for Technical Commanders in Emergency Rescue, article 12(4)")]
    [InlineData(
        "W四(一)、N二(六)",
        "Opinions of Weihai on Joint Dispatch of Rescue Forces, part 4(1); "
        + "Opinions on Further Building National Work-Safety Rescue Teams (draft for comment), part 2(6)")]
    [InlineData("W十十(一)", "Opinions of Weihai on Joint Dispatch of Rescue Forces, part 十十(1)")]
    public void And_in_English(string article, string text) => Assert.Equal(text, ArticleText.InEnglish(article));
}
