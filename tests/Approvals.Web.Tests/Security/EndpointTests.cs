using System.Net;
using Approvals.Core.Organisation;
using Approvals.Web.Tests.Account;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Security;

/// <summary>What holds for every address of the product, whoever adds the next one.</summary>
public sealed class EndpointTests(EndpointTests.Running running) : IClassFixture<EndpointTests.Running>
{
    /// <summary>What anyone may reach without signing in; a new public address is added here on purpose or not at all.</summary>
    private static readonly string[] Public =
    [
        "", "Index", "account/external", "account/second-factor", "account/sign-in", "account/sign-out", "check/{code?}",
        "error/{code:int=500}", "health/live", "health/ready", "preferences/language",
        "preferences/large-text", "public/documents/{id:guid}", "public/notices", "public/notices/{id:guid}",
        "public/objections/{receipt?}",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Only_the_listed_addresses_are_open_to_strangers()
    {
        var open = Endpoints().Where(IsOpen).Select(PatternOf).Distinct().Except(Public);

        Assert.Empty(open);
    }

    [Fact]
    public async Task Every_other_address_sends_a_stranger_to_sign_in_or_refuses()
    {
        using var stranger = running.App.Browser();
        foreach (var endpoint in Endpoints().Where(endpoint => !IsOpen(endpoint)))
        {
            using var request = RequestTo(endpoint, HttpMethod.Get);
            using var answer = await stranger.Client.SendAsync(request, Stop);
            var sentToSignIn = answer.StatusCode == HttpStatusCode.Redirect
                && answer.Headers.Location!.ToString().Contains("/account/sign-in", StringComparison.Ordinal);
            Assert.True(
                sentToSignIn || answer.StatusCode == HttpStatusCode.Unauthorized,
                $"{request.Method} {PatternOf(endpoint)} answered {answer.StatusCode} {answer.Headers.Location}.");
        }
    }

    [Fact]
    public async Task Every_post_without_its_anti_forgery_token_is_refused_and_changes_nothing()
    {
        using var everything = await running.SignedInWithEveryRoleAsync();
        var before = await running.App.DatabaseAsync(db => db.AuditEntries.CountAsync(Stop));
        foreach (var endpoint in Endpoints().Where(Changes))
        {
            using var request = RequestTo(endpoint, HttpMethod.Post);
            using var answer = await everything.Client.SendAsync(request, Stop);
            Assert.True(
                answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed,
                $"{request.Method} {PatternOf(endpoint)} answered {answer.StatusCode} without a token.");
        }

        Assert.Equal(before, await running.App.DatabaseAsync(db => db.AuditEntries.CountAsync(Stop)));
    }

    private IEnumerable<RouteEndpoint> Endpoints() =>
        running.App.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    private static bool IsOpen(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    /// <summary>Pages take every method; the error page only shows, whatever the method of the request that met the error.</summary>
    private static bool Changes(RouteEndpoint endpoint) =>
        PatternOf(endpoint) != "error/{code:int=500}"
        && (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null
            || endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Any(
                method => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method)) == true);

    /// <summary>A request that reaches the endpoint: its first method, or the usual one, and a body of a type that it takes.</summary>
    private static HttpRequestMessage RequestTo(RouteEndpoint endpoint, HttpMethod usual)
    {
        var method = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods: [var first, ..] } ? new HttpMethod(first) : usual;
        var types = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes;
        return new HttpRequestMessage(method, AddressOf(endpoint))
        {
            Content = method == HttpMethod.Get ? null
                : types?.Contains("application/json") == true ? new StringContent("{}", System.Text.Encoding.UTF8, "application/json")
                : types?.Contains("multipart/form-data") == true ? new MultipartFormDataContent { { new StringContent("x"), "file", "x.pdf" } }
                : new FormUrlEncodedContent([new("name", "value")]),
        };
    }

    private static string PatternOf(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText?.TrimStart('/') ?? "";

    private static string AddressOf(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(
        segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart { IsCatchAll: true } => "",
            RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(policy => policy.Content == "int") => "404",
            RoutePatternParameterPart => Guid.NewGuid().ToString(),
            _ => "",
        }))));

    /// <summary>One product for the class.</summary>
    public sealed class Running : IAsyncLifetime
    {
        public TestApp App { get; } = new();

        /// <summary>Somebody whom no policy stops, so that what stops them is the missing token.</summary>
        public async Task<Browser> SignedInWithEveryRoleAsync()
        {
            await App.DatabaseAsync(async db =>
            {
                var person = await db.People.SingleAsync(one => one.Name == "王强", Stop);
                db.RoleAssignments.AddRange(Roles.All.Select(role => new RoleAssignment { PersonId = person.Id, Role = role }));
                return await db.SaveChangesAsync(Stop);
            });
            return await People.AsAsync(App, "wangqiang");
        }

        public ValueTask InitializeAsync() => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
