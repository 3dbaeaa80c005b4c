using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Approvals.Web.Tests.Infrastructure;
using Approvals.Web.Tests.Localisation;

namespace Approvals.Web.Tests.Studio;

/// <summary>What the designer is told of activities is in the reader's language; what it stores in a process is the same in both.</summary>
public sealed partial class DesignerEnglishTests(DesignerEnglishTests.Bureau bureau) : IClassFixture<DesignerEnglishTests.Bureau>
{
    /// <summary>The demonstration bureau, read by one who reads Chinese and one who reads English.</summary>
    public sealed class Bureau : IAsyncLifetime
    {
        public TestApp App { get; } = new() { RunsJobs = false };

        public StudioClient Chinese { get; private set; } = null!;

        public StudioClient English { get; private set; } = null!;

        /// <summary>The same reader's pages.</summary>
        public Browser Pages { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Chinese = await StudioClient.AsAsync(App, StudioClient.Owner);
            Pages = await App.SignedInAsync(StudioClient.Owner);
            EnglishPages.Switch(Pages);
            English = new StudioClient(Pages);
        }

        public async ValueTask DisposeAsync()
        {
            Chinese.Dispose();
            English.Dispose();
            await App.DisposeAsync();
        }
    }

    [Fact]
    public async Task Every_text_of_every_activity_type_has_English()
    {
        var items = (await bureau.English.GetAsync("/descriptors/activities")).Body["items"]!.AsArray();
        var left = items.SelectMany(item => Read(item!).Where(text => HasChinese().IsMatch(text)).Select(text => $"{(string)item!["typeName"]!}: {text}"));

        Assert.True(items.Count > 50);
        Assert.Empty(left);
    }

    [Fact]
    public async Task What_a_process_stores_is_the_same_in_both_languages()
    {
        var (chinese, english) = (await bureau.Chinese.GetAsync("/descriptors/activities"), await bureau.English.GetAsync("/descriptors/activities"));
        Assert.NotEqual(chinese.Message.Headers.ETag, english.Message.Headers.ETag);
        Assert.Equal("审批环节", (string)Step(chinese)["displayName"]!);
        Assert.Equal("Approval step", (string)Step(english)["displayName"]!);
        foreach (var (one, other) in chinese.Body["items"]!.AsArray().Zip(english.Body["items"]!.AsArray()))
        {
            Silence(one!);
            Silence(other!);
            Assert.True(JsonNode.DeepEquals(one, other), $"{one!.ToJsonString()}\n{other!.ToJsonString()}");
        }
    }

    [Theory]
    [InlineData("/descriptors/expression-descriptors")]
    [InlineData("/descriptors/variables")]
    [InlineData("/descriptors/storage-drivers")]
    [InlineData("/descriptors/workflow-activation-strategies")]
    [InlineData("/descriptors/incident-strategies")]
    [InlineData("/descriptors/log-persistence-strategies")]
    [InlineData("/features/installed")]
    [InlineData("/features/installed/Elsa.Workflows")]
    [InlineData("/descriptors/activities/Approvals.ApprovalStep")]
    public async Task Short_lists_and_single_answers_are_in_English(string address)
    {
        var answer = await bureau.English.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var items = answer.Body["items"] is JsonArray list ? list.OfType<JsonNode>().ToList() : [answer.Body];
        Assert.DoesNotContain(items.SelectMany(Read), text => HasChinese().IsMatch(text));
    }

    [Theory]
    [InlineData("Approvals.ApprovalStep", "Who", "head@owner", "Head of the owning section")]
    [InlineData("Approvals.ApprovalStep", "Who", "role:objection-handler", "Role: Objection handler")]
    [InlineData("Approvals.ApprovalStep", "Who", "decider@recommend", "Who decided step “Recommendation of the unit”")]
    [InlineData("Approvals.ApprovalStep", "Form", "application", "Application (recommendation) for technical commander (application)")]
    [InlineData("Approvals.RuleCheck", "RuleSet", "commander-appointment", null)]
    public async Task Choices_are_offered_in_English(string type, string input, string value, string? expected)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/elsa/api/descriptors/activities/{type}/options/{input}")
        {
            Content = new StringContent("""{"context":{}}""", System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Headers.Referrer = new Uri("http://localhost/studio/workflows/definitions/commander-appointment/edit");
        using var answer = await bureau.English.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var items = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["items"]!.AsObject()
            .Select(one => one.Value).OfType<JsonObject>().SelectMany(one => one.Select(list => list.Value!["items"]!.AsArray())).Single();
        var text = (string)items.Single(item => (string)item!["value"]! == value)!["text"]!;

        Assert.Equal(expected ?? text, text);
        Assert.DoesNotMatch(HasChinese(), text);
    }

    [Fact]
    public async Task What_keeps_a_process_from_being_published_is_said_in_English()
    {
        using var owner = await StudioClient.AsAsync(bureau.App, StudioClient.Owner);
        await owner.PostAsync("/workflow-definitions/import", StudioApp.Chart(
            "broken", "Broken",
            StudioApp.Activity("begin", "Elsa.Start", "Begin"),
            StudioApp.Activity("ask", "Approvals.ApprovalStep", "Ask", ("who", StudioApp.Wrapped("Object", "[\"role:nobody-has-it\"]"))),
            StudioApp.Activity("old", "Approvals.Abolished", "Old"),
            StudioApp.Activity("alone", "Elsa.Correlate", "Alone")));

        var page = await bureau.Pages.GetAsync("/processes/broken/publish");
        var list = Findings().Match(page.Text).Value;

        Assert.Contains("which does not exist", list, StringComparison.Ordinal);
        Assert.Contains("is not connected", list, StringComparison.Ordinal);
        Assert.DoesNotMatch(HasChinese(), list);
        var refused = await bureau.English.PostAsync("/workflow-definitions/broken/publish");
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.DoesNotMatch(HasChinese(), refused.Errors);
        Assert.Matches(HasChinese(), (await bureau.Chinese.PostAsync("/workflow-definitions/broken/publish")).Errors);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"model\":{\"definitionId\":\"a/b\",\"name\":\"x\",\"root\":{\"id\":\"f\",\"type\":\"Elsa.Flowchart\",\"activities\":[]}}}")]
    [InlineData("{\"model\":{\"definitionId\":\"x\",\"name\":\"\",\"root\":{\"id\":\"f\",\"type\":\"Elsa.Flowchart\",\"activities\":[]}}}")]
    [InlineData("{\"model\":{\"definitionId\":\"x\",\"name\":\"x\"}}")]
    public async Task What_cannot_be_saved_is_refused_in_English(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var answer = await bureau.English.SendAsync(HttpMethod.Post, "/workflow-definitions", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.NotEmpty(answer.Errors);
        Assert.DoesNotMatch(HasChinese(), answer.Text);
    }

    private static JsonNode Step(StudioAnswer answer) =>
        answer.Body["items"]!.AsArray().Single(one => (string)one!["typeName"]! == "Approvals.ApprovalStep" && (int)one["version"]! == 1)!;

    /// <summary>The texts that people read, wherever they stand in an answer.</summary>
    private static IEnumerable<string> Read(JsonNode node) => node switch
    {
        JsonArray list => list.OfType<JsonNode>().SelectMany(Read),
        JsonObject item => item.SelectMany(one => one.Value is JsonValue value
            ? IsRead(one.Key) && value.TryGetValue<string>(out var text) ? [text] : []
            : one.Value is null || one.Key == "constructionProperties" ? [] : Read(one.Value)),
        _ => [],
    };

    /// <summary>Empties the texts that people read.</summary>
    private static void Silence(JsonNode node)
    {
        foreach (var item in node is JsonArray list ? list.OfType<JsonNode>() : [])
            Silence(item);
        foreach (var (key, value) in node is JsonObject properties ? properties.ToList() : [])
        {
            if (value is JsonValue text && IsRead(key) && text.TryGetValue<string>(out _))
                node[key] = "";
            else if (value is not null && key != "constructionProperties")
                Silence(value);
        }
    }

    private static bool IsRead(string property) => property is "displayName" or "description" or "category" or "text";

    [GeneratedRegex("<ul class=\"changes\">.*?</ul>", RegexOptions.Singleline)]
    private static partial Regex Findings();

    [GeneratedRegex(@"[\u3400-\u9fff]")]
    private static partial Regex HasChinese();
}
