using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests.Security.Access;

/// <summary>
/// The matrix of docs/security.md — every way in, every role, own case and another's — is what the product does. A new endpoint or handler
/// fails here until somebody has written down who may use it.
/// </summary>
public sealed partial class AccessMatrixTests(AccessWorld world) : IClassFixture<AccessWorld>
{
    /// <summary>Where going on to the sign-in page is the answer and no refusal.</summary>
    private static readonly string[] LeadsToSignIn = ["/account/external", "/account/second-factor", "/account/sign-out"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_way_in_answers_every_role_as_the_written_matrix_says()
    {
        var written = Written();
        var doors = await Door.AllAsync(world.App.Services);
        var found = doors.ToDictionary(door => door.Name, _ => new StringBuilder());
        foreach (var (_, user) in AccessWorld.People)
        {
            using var browser = user is null ? world.App.Browser() : await world.App.SignedInAsync(user);
            var token = TokenOf((await browser.GetAsync(user is null ? "/account/sign-in" : "/start")).Text);
            foreach (var door in doors)
                found[door.Name].Append(await TryAsync(browser, door, token));
        }

        var actual = found.ToDictionary(row => row.Key, row => row.Value.ToString());
        var differences = actual.Where(row => written.GetValueOrDefault(row.Key) != row.Value)
            .Select(row => $"| {row.Key} | {string.Join(" | ", row.Value.Select(mark => mark.ToString()))} |")
            .Concat(written.Keys.Except(actual.Keys).Select(name => $"no such way in: {name}"));
        Assert.True(
            actual.Count == written.Count && !differences.Any(),
            "docs/security.md does not say what happens:\n" + string.Join('\n', differences.Order(StringComparer.Ordinal)));
    }

    /// <summary>✔ let in (also when what was sent is wrong), ✘ refused or sent to sign in, ○ there is no such thing for them; ! never stands in the matrix.</summary>
    private async Task<char> TryAsync(Browser browser, Door door, string token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(door.Method), door.AddressOf(world.ValueOf));
        if (door.Method is not "GET")
        {
            request.Headers.Add("X-CSRF-TOKEN", token);
            request.Content = BodyOf(door, token);
        }

        using var answer = await browser.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        return answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => '✘',
            HttpStatusCode.Redirect when answer.Headers.Location!.ToString().Contains("/account/sign-in", StringComparison.Ordinal)
                && !LeadsToSignIn.Contains(door.Pattern) => '✘',
            HttpStatusCode.NotFound => '○',
            >= HttpStatusCode.InternalServerError when !door.Pattern.StartsWith("/error", StringComparison.Ordinal) =>
                '!',
            _ => '✔',
        };
    }

    /// <summary>What reaches the question who may: of a type that the endpoint takes, readable, and too little to change anything.</summary>
    private static HttpContent BodyOf(Door door, string token)
    {
        if (door.Takes.Contains("application/json") || door.Pattern.StartsWith("/elsa/", StringComparison.Ordinal))
        {
            var json = door.Pattern switch
            {
                var one when one.EndsWith("/decision", StringComparison.Ordinal) => """{"kind":"approve","shownHash":"0"}""",
                var one when one.EndsWith("/draft", StringComparison.Ordinal) => """{"fields":{}}""",
                "/api/v1/cases/" or "/api/v1/cases" => """{"process":"no-such-process"}""",
                _ => "{}",
            };
            return new StringContent(json, Encoding.UTF8, "application/json");
        }

        return door.Takes.Contains("multipart/form-data")
            ? new MultipartFormDataContent { { new StringContent("x"), "file", "x.pdf" }, { new StringContent(token), "__RequestVerificationToken" } }
            : new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
    }

    private static Dictionary<string, string> Written()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Approvals.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return File.ReadLines(Path.Combine(folder, "docs", "security.md")).Select(line => Row().Match(line)).Where(row => row.Success)
            .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["marks"].Value.Replace(" | ", "", StringComparison.Ordinal), StringComparer.Ordinal);
    }

    private static string TokenOf(string page) => Token().Match(page) is { Success: true } found
        ? WebUtility.HtmlDecode(found.Groups["value"].Value)
        : throw new InvalidOperationException("The page has no anti-forgery token.");

    [GeneratedRegex(@"^\| (?<name>(GET|POST|PUT|DELETE|PATCH) /\S*) \| (?<marks>[✔✘○]( \| [✔✘○])+) \|$")]
    private static partial Regex Row();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<value>[^\"]+)\"")]
    private static partial Regex Token();
}
