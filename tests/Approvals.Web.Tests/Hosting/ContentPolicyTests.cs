using Approvals.Web.Hosting;

namespace Approvals.Web.Tests.Hosting;

/// <summary>What the pages' content policy lets a form reach.</summary>
public sealed class ContentPolicyTests
{
    [Theory]
    [InlineData(null, "form-action 'self';")]
    [InlineData("", "form-action 'self';")]
    [InlineData("https://sso.example.gov.cn/realms/office", "form-action 'self' https://sso.example.gov.cn;")]
    public void FormsReachUsAndTheConfiguredIdentityProviderOnly(string? authority, string expected) =>
        Assert.Contains(expected, SecurityHeaders.PolicyFor(authority));
}
