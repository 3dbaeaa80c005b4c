using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Approvals.Benchmarks;

/// <summary>
/// What figures need beside the benchmarks themselves, made when the first of them asks: a PostgreSQL of their own and the published
/// product. <c>APPROVALS_TEST_POSTGRES</c> and <c>APPROVALS_PUBLISHED</c> name others instead.
/// </summary>
internal static class Preparation
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));
    private static readonly string ServerFolder = Path.Combine(Path.GetTempPath(), $"approvals-bench-postgres-{Environment.ProcessId}");
    private static readonly string ProductFolder = Path.Combine(Path.GetTempPath(), $"approvals-bench-product-{Environment.ProcessId}");

    private static readonly Lazy<string> Server = new(() =>
        Environment.GetEnvironmentVariable("APPROVALS_TEST_POSTGRES") is { Length: > 0 } given ? given : Run("bash", "tests/postgres.sh", "start").Trim());

    private static readonly Lazy<string> Product = new(() =>
        Environment.GetEnvironmentVariable("APPROVALS_PUBLISHED") is { Length: > 0 } given ? given : Publish());

    /// <summary>Connection string of a PostgreSQL server.</summary>
    /// <exception cref="InvalidOperationException">There is none and none could be started.</exception>
    public static string Postgres => Server.Value;

    /// <summary>Folder of the product, published for this platform as a bureau runs it.</summary>
    /// <exception cref="InvalidOperationException">It could not be published.</exception>
    public static string Published => Product.Value;

    /// <summary>Stops and removes what was made, if anything was.</summary>
    public static void Remove()
    {
        if (Directory.Exists(ServerFolder))
            Run("bash", "tests/postgres.sh", "stop");
        if (Directory.Exists(ProductFolder))
            Directory.Delete(ProductFolder, recursive: true);
    }

    private static string Publish()
    {
        Run(
            "dotnet", "publish", "src/Approvals.Web", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false",
            "-o", ProductFolder, "-v", "quiet", "-p:NuGetAudit=false");
        return ProductFolder;
    }

    /// <summary>What a command of the repository prints; what it complains of goes to our error stream.</summary>
    private static string Run(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, WorkingDirectory = Root };
        start.Environment["APPROVALS_POSTGRES_DIR"] = ServerFolder;

        // A figure to the commit is one to the disk, as in an installation.
        start.Environment["APPROVALS_POSTGRES_FSYNC"] = "1";

        // A build server would keep our output open, and take CPU from what is measured.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{command} {string.Join(' ', arguments)} ended with exit code {process.ExitCode}. {output}");
    }
}
