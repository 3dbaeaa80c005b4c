using System.Diagnostics;

namespace Approvals.Proof.Tests.Infrastructure;

/// <summary>
/// A disk of a few dozen megabytes that is filled up and given room again: a file system in memory, mounted for the test. Where mounting
/// is not allowed, the size of the files of one process is limited instead, which its writes meet in the same places.
/// </summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string folder, bool isMounted) => (Folder, IsMounted) = (folder, isMounted);

    public string Folder { get; }

    /// <summary>Whether it is a file system of its own.</summary>
    public bool IsMounted { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    public static async Task<SmallDisk> OpenAsync(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("approvals-small-").FullName;
        return new SmallDisk(folder, await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "approvals-small", folder));
    }

    /// <summary>Not a byte is left.</summary>
    public async Task FillAsync(Node node)
    {
        TestContext.Current.SendDiagnosticMessage(IsMounted ? "a mounted file system" : "a limit of the process");
        if (!IsMounted)
        {
            Assert.True(await RunAsync("prlimit", "--pid", $"{node.Id}", "--fsize=0:unlimited"), "Neither mount nor prlimit worked.");
            return;
        }

        await using var ballast = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var piece = new byte[1 << 20]; piece.Length > 0; piece = new byte[piece.Length / 2])
        {
            try
            {
                while (true)
                    ballast.Write(piece);
            }
            catch (IOException)
            {
                // No room for a piece of this size; smaller ones follow.
            }
        }
    }

    /// <summary>There is room again.</summary>
    public async Task FreeAsync(Node node)
    {
        if (IsMounted)
            File.Delete(Ballast);
        else
            Assert.True(await RunAsync("prlimit", "--pid", $"{node.Id}", "--fsize=unlimited:unlimited"));
    }

    public async ValueTask DisposeAsync()
    {
        if (IsMounted)
            await RunAsync("umount", "-l", Folder);
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
