using System.Net;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests.Studio;

/// <summary>Who may call Studio's API, from where, and how it refuses.</summary>
public sealed class StudioFrontDoorTests(StudioFrontDoorTests.Running running) : IClassFixture<StudioFrontDoorTests.Running>
{
    [Theory]
    [InlineData("/workflow-definitions?versionOptions=Latest&Page=0&PageSize=10")]
    [InlineData("/workflow-definitions/by-definition-id/commander-appointment?versionOptions=Latest")]
    public async Task A_stranger_gets_401_as_JSON_and_an_applicant_403(string path)
    {
        using var stranger = new StudioClient(running.App.Browser());
        var answer = await stranger.GetAsync(path);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("登录已过期，请重新登录。", answer.Errors);

        using var applicant = await StudioClient.AsAsync(running.App, "liuzhiqiang");
        answer = await applicant.GetAsync(path);
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal("您无权进行此操作。", answer.Errors);
    }

    [Fact]
    public async Task What_does_not_exist_is_404_as_JSON()
    {
        using var owner = await StudioClient.AsAsync(running.App, StudioClient.Owner);
        foreach (var path in new[] { "/workflow-definitions/by-id/nope", "/workflow-definitions/by-definition-id/nope?versionOptions=Latest", "/nope" })
        {
            var answer = await owner.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
            Assert.Equal("没有找到。", answer.Errors);
        }
    }

    [Fact]
    public async Task An_owner_gets_links_to_change_with_and_an_auditor_none()
    {
        using var owner = await StudioClient.AsAsync(running.App, StudioClient.Owner);
        using var auditor = await StudioClient.AsAsync(running.App, StudioClient.Auditor);
        const string One = "/workflow-definitions/by-definition-id/commander-appointment?versionOptions=Latest";

        Assert.Contains("\"publish\"", (await owner.GetAsync(One)).Body["links"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("\"bulk-publish\"", (await owner.GetAsync("/workflow-definitions")).Body["links"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty((await auditor.GetAsync(One)).Body["links"]!.AsArray());
        Assert.Empty((await auditor.GetAsync("/workflow-definitions")).Body["links"]!.AsArray());
    }

    /// <summary>One product for the class.</summary>
    public sealed class Running : IAsyncLifetime
    {
        public TestApp App { get; } = new();

        public ValueTask InitializeAsync() => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
