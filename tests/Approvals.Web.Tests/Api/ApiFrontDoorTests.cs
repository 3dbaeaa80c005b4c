using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Api;

public sealed partial class ApiFrontDoorTests(ApiApp api) : IClassFixture<ApiApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/v1/tasks")]
    [InlineData("/api/v1/cases")]
    [InlineData("/api/v1/no-such-thing")]
    [InlineData("/openapi/v1.json")]
    public async Task A_stranger_gets_401_as_problem_details(string address)
    {
        using var stranger = api.App.Browser();

        var answer = await ApiAnswer.OfAsync(await stranger.Client.GetAsync(address, Stop));

        Assert.Equal((HttpStatusCode.Unauthorized, "urn:approvals:unauthenticated"), (answer.Status, answer["type"]));
        Assert.Equal("application/problem+json", answer.Message.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_token_that_is_revoked_or_over_opens_nothing()
    {
        using var client = await api.AsAsync("fangyuan");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/tasks")).Status);
        client.Client.DefaultRequestHeaders.Authorization = new("Bearer", "apv_no-such-token");

        var answer = await client.GetAsync("/tasks");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("Bearer", answer.Message.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task Two_tokens_of_one_person_and_their_browser_share_the_persons_calls_a_minute()
    {
        await using var limited = new TestApp { Settings = new Dictionary<string, string?> { ["RateLimits:PerPersonPerMinute"] = "4" } };
        using var first = await ApiClient.AsAsync(limited, "lili");
        using var second = await ApiClient.AsAsync(limited, "lili");
        using var browser = await limited.SignedInAsync("lili");
        using var other = await ApiClient.AsAsync(limited, "fangyuan");

        var answers = new List<HttpStatusCode>();
        foreach (var client in new[] { first, second, first, second, first })
            answers.Add((await client.GetAsync("/tasks")).Status);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], answers);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.GetAsync("/inbox")).Status);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/tasks")).Status);
    }

    [Fact]
    public async Task A_cookie_alone_changes_nothing_and_with_the_header_it_does()
    {
        using var browser = await api.App.SignedInAsync("hezhe");
        var page = await browser.GetAsync("/start");
        var body = new { process = ApiApp.Process };

        var forged = await ApiAnswer.OfAsync(await browser.Client.PostAsJsonAsync("/api/v1/cases", body, Stop));
        browser.Client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", page.Form("/preferences/language")["__RequestVerificationToken"]);
        var own = await ApiAnswer.OfAsync(await browser.Client.PostAsJsonAsync("/api/v1/cases", body, Stop));

        Assert.Equal((HttpStatusCode.BadRequest, "urn:approvals:no-csrf-token"), (forged.Status, forged["type"]));
        Assert.Equal(HttpStatusCode.Created, own.Status);
    }

    [Theory]
    [InlineData(null, "没有找到。")]
    [InlineData("en-GB,en;q=0.9,zh;q=0.5", "Not found.")]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "没有找到。")]
    public async Task Titles_are_Chinese_unless_English_is_asked_for(string? language, string title)
    {
        using var client = await api.AsAsync("hezhe");
        client.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language ?? "");

        Assert.Equal(title, (await client.GetAsync($"/cases/{Guid.NewGuid()}"))["title"]);
        Assert.Equal(title, (await client.GetAsync("/no-such-thing"))["title"]);
    }

    [Fact]
    public async Task What_is_no_json_is_told_as_such()
    {
        using var client = await api.AsAsync("hezhe");

        var broken = await ApiAnswer.OfAsync(await client.Client.PostAsync("/api/v1/cases", new StringContent("{", Encoding.UTF8, "application/json"), Stop));
        var text = await ApiAnswer.OfAsync(await client.Client.PostAsync("/api/v1/cases", new StringContent("process=x"), Stop));
        var method = await client.SendAsync(HttpMethod.Delete, "/cases");

        Assert.Equal((HttpStatusCode.BadRequest, "urn:approvals:malformed"), (broken.Status, broken["type"]));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "urn:approvals:unsupported-media"), (text.Status, text["type"]));
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "urn:approvals:method-not-allowed"), (method.Status, method["type"]));
    }

    [Fact]
    public async Task The_processes_and_their_forms_can_be_read()
    {
        using var client = await api.AsAsync("hezhe");
        client.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");

        var processes = (await client.GetAsync("/processes")).Body!.AsArray();
        var form = await client.GetAsync($"/processes/{ApiApp.Process}/form");

        Assert.Contains(processes, one => one!["key"]!.ToString() == ApiApp.Process);
        var specialty = form.Body!["fields"]!.AsArray().Single(field => field!["key"]!.ToString() == "specialty")!;
        Assert.Equal(("Specialty", "choice", "edit", "true"), (
            specialty["label"]!.ToString(), specialty["type"]!.ToString(), specialty["right"]!.ToString(), specialty["required"]!.ToString()));
        Assert.Contains(specialty["choices"]!.AsArray(), choice => choice!["value"]!.ToString() == "hazchem");
    }

    [Fact]
    public async Task The_description_names_every_route_its_refusals_and_how_to_sign_in()
    {
        using var client = await api.AsAsync("hezhe");

        var document = JsonNode.Parse(await client.Client.GetStringAsync("/openapi/v1.json", Stop))!;

        var described = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"))
            .Order(StringComparer.Ordinal);
        Assert.Equal(Routes(), described);
        Assert.Equal("bearer", document["components"]!["securitySchemes"]!["bearer"]!["scheme"]!.ToString());
        var decision = document["paths"]!["/api/v1/tasks/{id}/decision"]!["post"]!;
        Assert.NotNull(decision["responses"]!["409"]!["content"]!["application/problem+json"]);
        Assert.Contains(decision["parameters"]!.AsArray(), one => one!["name"]!.ToString() == "Idempotency-Key");
        Assert.All(
            document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()),
            operation => Assert.NotNull(operation.Value!["summary"]));
    }

    private List<string> Routes() =>
    [
        .. api.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(one => one.RoutePattern.RawText?.TrimStart('/').StartsWith("api/v1", StringComparison.Ordinal) == true)
            .SelectMany(one => one.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(
                method => $"{method} /{Constraint().Replace(one.RoutePattern.RawText!, "}").Trim('/')}"))
            .Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex(@":\w+\}")]
    private static partial Regex Constraint();
}
