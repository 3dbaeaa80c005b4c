using Approvals.Web.Pages.Tasks;

namespace Approvals.Web.Tests.Tasks;

public sealed class HelpTextTests
{
    [Fact]
    public void A_page_named_in_the_help_of_a_step_becomes_a_link() => Assert.Equal(
        [("请在", null), ("异议处理", "/objections/1"), ("页面查看。", null)], HelpText.Parts("请在[异议处理](/objections/1)页面查看。"));

    [Theory]
    [InlineData("请核实申请人情况。")]
    [InlineData("[外部](//example.com)")]
    [InlineData("[外部](https://example.com)")]
    [InlineData("[脚本](javascript:alert(1))")]
    public void Nothing_else_does(string help) => Assert.All(HelpText.Parts(help), part => Assert.Null(part.Path));
}
