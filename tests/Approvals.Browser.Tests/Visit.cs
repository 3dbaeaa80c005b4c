using System.Collections.Concurrent;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.Playwright;

namespace Approvals.Browser.Tests;

/// <summary>What happens in one browser test: people with cookies of their own, and every page of theirs watched.</summary>
public sealed class Visit(IBrowser browser, string? baseUrl) : IAsyncDisposable
{
    /// <summary>Milliseconds until something that should be seen is given up; two browsers on a busy machine take their time.</summary>
    public const float Patience = 30_000;

    private readonly List<IBrowserContext> _people = [];
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly List<string> _expected = [];

    /// <summary>Console errors, script errors and requests that left localhost, in the order they happened.</summary>
    public IReadOnlyList<string> Complaints =>
        [.. _complaints.Where(c => !_expected.Exists(e => c.Contains(e, StringComparison.Ordinal)))];

    /// <summary>
    /// Says that a console error with this text belongs to the test: Chromium writes one for every 4xx answer, for instance
    /// "status of 409".
    /// </summary>
    public void Expect(string consoleText) => _expected.Add(consoleText);

    /// <summary>A page for one more person: zh-CN, empty cookies, 1280 × 800 unless <paramref name="phone"/> (390 × 844).</summary>
    /// <param name="phone">A phone's width, with touch.</param>
    /// <param name="javaScript">Off to prove that a page works without it.</param>
    public async Task<IPage> NewPersonAsync(bool phone = false, bool javaScript = true)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = baseUrl,
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
            JavaScriptEnabled = javaScript,
            HasTouch = phone,
            ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 800 },
        });
        _people.Add(context);
        context.SetDefaultTimeout(Patience);
        context.Page += (_, page) => page.PageError += (_, error) => _complaints.Enqueue($"script error on {page.Url}: {error}");
        context.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _complaints.Enqueue($"console error at {message.Location}: {message.Text}");
            }
        };
        context.Request += (_, request) =>
        {
            if (Uri.TryCreate(request.Url, UriKind.Absolute, out var url) && url.Scheme is not ("data" or "blob" or "about")
                && !url.IsLoopback)
            {
                _complaints.Enqueue($"request to the outside: {request.Method} {request.Url}");
            }
        };
        return await context.NewPageAsync();
    }

    /// <summary>Saves a full-page picture of every open page and returns the paths.</summary>
    public async Task<IReadOnlyList<string>> TakePicturesAsync()
    {
        var folder = Path.Combine(Repository.Root, "artifacts", "browser");
        var test = TestContext.Current.TestMethod?.MethodName ?? "test";
        var paths = new List<string>();
        foreach (var page in _people.SelectMany(p => p.Pages))
        {
            paths.Add(Path.Combine(folder, $"{test}-{paths.Count + 1}.png"));
            try
            {
                await page.ScreenshotAsync(new() { Path = paths[^1], FullPage = true });
            }
            catch (Exception untaken) when (untaken is TimeoutException or PlaywrightException)
            {
                // Of a page that does not hold still there is none; the failure it was to explain must not be hidden by that.
                paths[^1] = $"none of {page.Url}";
            }
        }

        return paths;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people)
        {
            await person.DisposeAsync();
        }
    }
}
