using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Approvals.Web.Studio.Hosting;
using Approvals.Web.Tests.Infrastructure;
using Approvals.Web.Tests.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Studio;

/// <summary>Elsa Studio's files and the pages around them, by HTTP.</summary>
public sealed partial class StudioHostingTests(EndpointTests.Running running) : IClassFixture<EndpointTests.Running>
{
    private const string Editor = "/studio/workflows/definitions/commander-appointment/edit";

    private TestApp App => running.App;

    private StudioPackage Package => App.Services.GetRequiredService<StudioPackage>();

    private string Files => $"/studio/{Package.Version}/";

    [Theory]
    [InlineData("shenhong", HttpStatusCode.OK)]
    [InlineData("shenji", HttpStatusCode.OK)]
    [InlineData("wangqiang", HttpStatusCode.Forbidden)]
    [InlineData("liuzhiqiang", HttpStatusCode.Forbidden)]
    public async Task Only_process_owners_and_auditors_reach_pages_and_files(string userName, HttpStatusCode expected)
    {
        using var browser = await App.SignedInAsync(userName);

        Assert.Equal(expected, (await browser.GetAsync(Editor)).Status);
        Assert.Equal(expected, (await browser.GetAsync(Files + "_framework/blazor.webassembly.js")).Status);
        Assert.Equal(expected, (await browser.GetAsync("/studio/_framework/dotnet.js")).Status);
    }

    [Theory]
    [InlineData("/studio/workflows", HttpStatusCode.OK)]
    [InlineData("/studio/workflows/definitions", HttpStatusCode.OK)]
    [InlineData("/studio/workflows/instances", HttpStatusCode.OK)]
    [InlineData("/studio/workflows/instances/0191/view", HttpStatusCode.OK)]
    [InlineData("/studio/workflows/definitions/x", HttpStatusCode.NotFound)]
    [InlineData("/studio/workflows/settings", HttpStatusCode.NotFound)]
    [InlineData("/studio/1.0.0/package.json", HttpStatusCode.NotFound)]
    [InlineData("/studio/_content/..%2f..%2fappsettings.json", HttpStatusCode.NotFound)]
    public async Task Addresses_of_Studio_are_known_or_not_found(string address, HttpStatusCode expected)
    {
        using var owner = await App.SignedInAsync("shenhong");

        Assert.Equal(expected, (await owner.GetAsync(address)).Status);
    }

    [Fact]
    public async Task Links_that_Studio_makes_from_the_root_lead_below_its_base()
    {
        using var owner = await App.SignedInAsync("shenhong");

        Assert.Equal(Editor, (await owner.GetAsync("/workflows/definitions/commander-appointment/edit")).Location);
    }

    [Fact]
    public async Task The_page_allows_webassembly_and_names_its_one_inline_script_by_hash()
    {
        using var owner = await App.SignedInAsync("shenhong");
        var page = await owner.GetAsync(Editor);
        var policy = Assert.Single(page.Message.Headers.GetValues("Content-Security-Policy"));
        var scripts = policy.Split(';', StringSplitOptions.TrimEntries).Single(part => part.StartsWith("script-src", StringComparison.Ordinal));

        Assert.StartsWith("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-inline'", scripts);
        Assert.DoesNotContain("'unsafe-eval'", scripts);
        Assert.DoesNotContain("http", policy);
        var inline = Assert.Single(InlineScript().Matches(page.Text)).Groups["text"].Value;
        Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(inline)))}'", scripts);
        Assert.Contains(Files + "_content/", inline);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("gzip;q=0.5, br;q=0")]
    [InlineData("identity")]
    public async Task Every_file_arrives_whole_in_the_encoding_that_was_asked_for(string accepted)
    {
        using var owner = await App.SignedInAsync("shenhong");
        foreach (var name in new[] { "_framework/dotnet.js", "_content/MudBlazor/MudBlazor.min.css", "package.json" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Files + name);
            request.Headers.Add("Accept-Encoding", accepted);
            using var answer = await owner.Client.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            await using var plain = answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
            {
                "br" => new BrotliStream(body, CompressionMode.Decompress),
                "gzip" => new GZipStream(body, CompressionMode.Decompress),
                _ => body,
            };
            var text = await new StreamReader(plain).ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.Contains(name == "package.json" ? "\"MIT\"" : name.EndsWith("css", StringComparison.Ordinal) ? ".mud-" : "export", text);
        }
    }

    [Fact]
    public async Task Files_below_the_version_are_kept_for_good_and_the_others_are_asked_for_again()
    {
        using var owner = await App.SignedInAsync("shenhong");
        var kept = await owner.GetAsync(Files + "_content/MudBlazor/MudBlazor.min.js");
        var asked = await owner.GetAsync("/studio/_content/MudBlazor/MudBlazor.min.js");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/studio/_content/MudBlazor/MudBlazor.min.js");
        again.Headers.Add("If-None-Match", asked.Message.Headers.ETag!.ToString());
        using var unchanged = await owner.Client.SendAsync(again, TestContext.Current.CancellationToken);

        Assert.Contains("immutable", kept.Message.Headers.CacheControl!.ToString());
        Assert.True(asked.Message.Headers.CacheControl!.NoCache);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal("Accept-Encoding", Assert.Single(kept.Message.Headers.Vary));
    }

    [Fact]
    public async Task Files_have_the_types_that_browsers_insist_on()
    {
        using var owner = await App.SignedInAsync("shenhong");
        foreach (var name in Package.Names)
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, Files + name);
            using var answer = await owner.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(
                Path.GetExtension(name) switch
                {
                    ".wasm" => "application/wasm",
                    ".js" => "text/javascript",
                    ".css" => "text/css",
                    ".json" => "application/json",
                    ".woff2" => "font/woff2",
                    ".png" => "image/png",
                    ".cur" => "image/x-icon",
                    _ => "application/octet-stream",
                },
                answer.Content.Headers.ContentType!.MediaType);
        }
    }

    [GeneratedRegex("<script(?![^>]*src=)[^>]*>(?<text>[^<]*)</script>")]
    private static partial Regex InlineScript();
}
