using Approvals.Core.Regulations;

namespace Approvals.Core.Tests.Regulations;

public sealed class ArticleTextTests
{
    [Theory]
    [InlineData("T§12.4", "《重庆市抢险救援技术指挥官管理暂行办法》第十二条第（四）项")]
    [InlineData("T§14", "《重庆市抢险救援技术指挥官管理暂行办法》第十四条")]
    [InlineData("T§20", "《重庆市抢险救援技术指挥官管理暂行办法》第二十条")]
    [InlineData("T§7.10", "《重庆市抢险救援技术指挥官管理暂行办法》第七条第（十）项")]
    [InlineData("默认", "默认")]
    [InlineData("X§1", "X§1")]
    public void An_article_is_cited_as_officials_write_it(string article, string text) =>
        Assert.Equal(text, ArticleText.InChinese(article));
}
