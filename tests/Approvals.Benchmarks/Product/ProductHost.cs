using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Approvals.Core.Tests.Cases;

namespace Approvals.Benchmarks.Product;

/// <summary>The product as a process of its own, in Release, so that its CPU time and memory are its own too.</summary>
internal sealed partial class ProductHost : IAsyncDisposable
{
    /// <summary>Password of everybody in the demonstration bureau.</summary>
    public const string Password = "Demo-2026!";

    private readonly Process process;
    private readonly Uri address;
    private readonly List<(string Route, double Ms)> served = [];

    private ProductHost(Process process, Uri address) => (this.process, this.address) = (process, address);

    /// <summary>Where it listens.</summary>
    public Uri Address => address;

    /// <summary>CPU of the process so far, user and system.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Memory in use now, MiB.</summary>
    public double Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>A data folder with the demonstration bureau and the small process two-signers beside the shipped ones.</summary>
    /// <param name="settings">More configuration, <c>Name=value</c>, as another database than SQLite.</param>
    public static async Task<string> SeedAsync(params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("approvals-bench-").FullName;
        var workflows = Path.Combine(folder, "workflows");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "workflows"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(workflows, Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "workflows"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Processes.TwoSigners().Write(workflows);
        await using var first = await StartAsync(folder, "Development", settings);
        return folder;
    }

    /// <summary>Starts it on a data folder and waits until it is ready.</summary>
    /// <param name="folder">Data folder.</param>
    /// <param name="environment">Development seeds the demonstration bureau; what is measured runs in Production.</param>
    /// <param name="settings">More configuration, <c>Name=value</c>.</param>
    public static async Task<ProductHost> StartAsync(string folder, string environment = "Production", params string[] settings)
    {
        var workflows = Path.Combine(folder, "workflows");
        return await StartAsync(Path.Combine(Preparation.Published, "Approvals.Web.dll"), Preparation.Published, "/health/ready",
        [
            "--environment", environment, $"--Data:Folder={folder}",
            $"--Processes:Folder={(Directory.Exists(workflows) ? workflows : Path.Combine(AppContext.BaseDirectory, "workflows"))}",
            "--RateLimits:PerPersonPerMinute=10000000", "--RateLimits:PerAddressPerMinute=10000000",
            .. settings.Select(setting => "--" + setting),
        ]);
    }

    /// <summary>Starts the reference, an empty ASP.NET Core + EF Core host, and waits until its page answers.</summary>
    public static Task<ProductHost> StartEmptyAsync(string folder) => StartAsync(
        Path.Combine(AppContext.BaseDirectory, "Approvals.Benchmarks.dll"), folder, "/",
        ["empty-host", Path.Combine(folder, "empty.db")]);

    /// <summary>Starts a web application and waits until a page of it answers.</summary>
    public static async Task<ProductHost> StartAsync(string dll, string root, string page, string[] arguments)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [dll, "--urls", address.ToString(), "--contentRoot", root, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = root,
        };
        var host = new ProductHost(Process.Start(start)!, address);
        host.process.OutputDataReceived += (_, line) => host.Read(line.Data);
        host.process.ErrorDataReceived += (_, line) => Console.Error.Write(line.Data is null ? "" : line.Data + "\n");
        host.process.BeginOutputReadLine();
        host.process.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = address };
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (await timer.WaitForNextTickAsync())
        {
            try
            {
                using var answer = await client.GetAsync(page);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return host;
            }
            catch (HttpRequestException) when (!host.process.HasExited)
            {
                // Not listening yet.
            }
        }

        return host;
    }

    /// <summary>A client that keeps its cookies, not signed in.</summary>
    public HttpClient Client(bool keepsConnection = true) => new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), MaxConnectionsPerServer = 64 })
    {
        BaseAddress = address, DefaultRequestHeaders = { ConnectionClose = !keepsConnection },
    };

    /// <summary>A client in which somebody of the demonstration bureau has signed in; it carries an anti-forgery token for the API.</summary>
    public async Task<HttpClient> SignedInAsync(string userName)
    {
        var client = Client();
        var page = await client.GetStringAsync("/account/sign-in");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["UserName"] = userName, ["Password"] = Password, ["__RequestVerificationToken"] = Token().Match(page).Groups[1].Value,
        });
        using var answer = await client.PostAsync("/account/sign-in", form);
        answer.EnsureSuccessStatusCode();
        var inside = await client.GetStringAsync("/inbox");
        client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", Token().Match(inside).Groups[1].Value);
        return client;
    }

    /// <summary>Submits an application of two-signers through the API.</summary>
    /// <returns>The case.</returns>
    public static async Task<Guid> SubmitAsync(HttpClient applicant)
    {
        using var answer = await applicant.PostAsJsonAsync("/api/v1/cases", new
        {
            process = "two-signers", submit = true, fields = new { name = "申请人甲", reason = "需要" },
        });
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<JsonObject>())!["id"]!.GetValue<Guid>()
            : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Milliseconds the product's own log gives for requests of a route since the last call.</summary>
    public IReadOnlyList<double> TakeServed(string route)
    {
        lock (served)
        {
            var times = served.Where(one => one.Route == route).Select(one => one.Ms).ToList();
            served.Clear();
            return times;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var stop = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await process.WaitForExitAsync(patience.Token);
        }

        process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null || !line.Contains("\"Elapsed\"", StringComparison.Ordinal))
            return;
        var entry = JsonNode.Parse(line)!;
        if (entry["Route"]?.GetValue<string>() is not { } route)
            return;
        lock (served)
            served.Add((route, entry["Elapsed"]!.GetValue<double>()));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
