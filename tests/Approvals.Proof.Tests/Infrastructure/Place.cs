using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Approvals.Proof.Tests.Infrastructure;

/// <summary>Where things are, and how long the proof may take.</summary>
internal static class Place
{
    /// <summary>Whether tests/prove.sh runs, which has minutes; tests/run.sh has seconds.</summary>
    public static bool IsProving { get; } = Environment.GetEnvironmentVariable("APPROVALS_PROVE") is not null;

    /// <summary>Root of the checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The program as it was built with these tests.</summary>
    public static string Program { get; } = Path.Combine(Root, "src", "Approvals.Web", "bin", "Debug", "net10.0", "Approvals.Web.dll");

    /// <summary>A port that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string FindRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
