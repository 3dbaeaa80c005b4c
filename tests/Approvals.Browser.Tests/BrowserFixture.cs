using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Approvals.Browser.Tests.BrowserFixture))]

namespace Approvals.Browser.Tests;

/// <summary>
/// The one headless Chromium of this assembly, from the system's packages (tests/install.sh). It resolves no name but
/// localhost, so nothing can leave the machine. Taken by a test class as a constructor parameter.
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private const string ChromiumPath = "/usr/bin/chromium";

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Assert.True(File.Exists(ChromiumPath), $"{ChromiumPath} is missing; run tests/install.sh");
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Assertions.SetDefaultExpectTimeout(Visit.Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = ChromiumPath, Args = Flags });
    }

    /// <summary>
    /// Runs <paramref name="act"/> with a fresh <see cref="Visit"/>. Fails when any page in it had an error on its console
    /// or asked for anything outside localhost. When the test fails, each open page is pictured in artifacts/browser/.
    /// </summary>
    /// <param name="act">The steps of the test.</param>
    /// <param name="baseUrl">Address that relative ones are added to, such as <c>http://localhost:5080</c>.</param>
    public async Task VisitAsync(Func<Visit, Task> act, string? baseUrl = null)
    {
        await using var visit = new Visit(_browser!, baseUrl);
        try
        {
            await act(visit);
        }
        catch (Exception failure)
        {
            var pictures = await visit.TakePicturesAsync();
            throw new InvalidOperationException(
                string.Join('\n', [failure.Message, .. visit.Complaints, .. pictures.Select(p => $"picture: {p}")]), failure);
        }

        if (visit.Complaints.Count > 0)
        {
            Assert.Fail(string.Join('\n', visit.Complaints));
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
