using System.Net;
using System.Text.RegularExpressions;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Proof.Tests.Infrastructure;

/// <summary>Somebody with a browser who stays signed in while servers are killed, started and replaced: the cookies outlive them.</summary>
internal sealed partial class Visitor(string userName) : IDisposable
{
    /// <summary>Everybody's in the demonstration bureau.</summary>
    public const string Password = "Demo-2026!";

    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
    private bool isSignedIn;

    /// <summary>A client on a server with this person's cookies; signs in the first time.</summary>
    public async Task<HttpClient> OnAsync(Uri address)
    {
        var client = new HttpClient(handler, disposeHandler: false) { BaseAddress = address };
        if (isSignedIn)
            return client;
        var page = await client.GetStringAsync("/account/sign-in");
        var token = Token().Matches(page);
        using var answer = await client.PostAsync("/account/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["UserName"] = userName, ["Password"] = Password,
            ["__RequestVerificationToken"] = token.Count == 0 ? "" : token[^1].Groups["token"].Value,
        }));
        isSignedIn = answer.StatusCode == HttpStatusCode.Redirect;
        return isSignedIn ? client : throw new HttpRequestException($"{userName} could not sign in: {answer.StatusCode}.");
    }

    /// <summary>The same as a browser that fills in forms.</summary>
    public async Task<Browser> BrowserAsync(Uri address) => new(await OnAsync(address));

    public void Dispose() => handler.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();
}
