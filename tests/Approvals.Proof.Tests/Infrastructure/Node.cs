using System.Collections.Concurrent;
using System.Diagnostics;

namespace Approvals.Proof.Tests.Infrastructure;

/// <summary>One real process of the product, to be killed.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();
    private bool isDisposed;

    private Node(Process process, Uri address)
    {
        (this.process, Address) = (process, address);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    /// <summary>Everything it has written, as the house would ship it.</summary>
    public IReadOnlyCollection<string> Log => lines;

    public int Id => process.Id;

    public bool IsRunning => !process.HasExited;

    /// <summary>Starts the program; it may still be preparing itself when this returns.</summary>
    /// <param name="program">Its dll.</param>
    /// <param name="settings">Configuration, as environment variables.</param>
    public static Node Start(string program, IReadOnlyDictionary<string, string> settings)
    {
        var address = new Uri($"http://127.0.0.1:{Place.FreePort()}");
        var start = new ProcessStartInfo("bash")
        {
            // A write beyond a limit set later on this process is an error of the write, as on a full disk, and no signal that ends it.
            ArgumentList =
            {
                "-c", "trap '' XFSZ; exec dotnet \"$@\"", "bash", program, "--urls", address.ToString(), "--contentRoot", Path.GetDirectoryName(program)!,
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return new Node(Process.Start(start)!, address);
    }

    /// <summary>Runs a command of the program to its end.</summary>
    public static async Task<(int Code, string Output)> RunAsync(
        string program, IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }

    /// <summary>Waits until it answers.</summary>
    /// <param name="path"><c>/health/live</c> or <c>/health/ready</c>.</param>
    /// <param name="seconds">For how long.</param>
    public async Task<Node> ReadyAsync(string path = "/health/live", int seconds = 600)
    {
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        return await Poll.UntilAsync(() => AnswersAsync(client, path), seconds, milliseconds: 100)
            ? this
            : throw new InvalidOperationException($"The product was not ready after {seconds} s:\n{Tail()}");
    }

    /// <summary>kill -9: nothing of it runs on, nothing is tidied up.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>The last lines it wrote.</summary>
    public string Tail() => string.Join('\n', lines.TakeLast(40));

    public async ValueTask DisposeAsync()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        if (IsRunning)
            await KillAsync();
        process.Dispose();
    }

    private async Task<bool> AnswersAsync(HttpClient client, string path)
    {
        if (!IsRunning)
            throw new InvalidOperationException($"The product ended by itself:\n{Tail()}");
        try
        {
            return (await client.GetAsync(path)).IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }
}
