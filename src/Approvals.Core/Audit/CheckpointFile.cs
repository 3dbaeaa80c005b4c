using System.Text;

namespace Approvals.Core.Audit;

/// <summary>
/// Lines of the checkpoint file. A line counts once its line feed is written: a process that was killed, or a disk that filled up, in the
/// middle of one leaves a piece that is no checkpoint and no forgery, and that the next writer cuts off.
/// </summary>
internal static class CheckpointFile
{
    private const int Tries = 40;

    /// <summary>Longer than any line.</summary>
    private const int Longest = 4096;

    /// <summary>Opens it for one writer, of all processes that share it, or for readers; waits up to two seconds for its turn.</summary>
    /// <exception cref="IOException">Somebody else held it all that time, or the disk refuses.</exception>
    public static async Task<FileStream> OpenAsync(string path, FileAccess access, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var left = Tries; ; left--)
        {
            try
            {
                return access == FileAccess.Read
                    ? new FileStream(path, FileMode.Open, access, FileShare.Read, 4096, useAsync: true)
                    : new FileStream(path, FileMode.OpenOrCreate, access, FileShare.None, 4096, useAsync: true);
            }
            catch (IOException) when (left > 1 && File.Exists(path))
            {
                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }
    }

    /// <summary>Adds a line after the last whole one.</summary>
    public static async Task AppendAsync(FileStream file, string line, CancellationToken cancellationToken)
    {
        file.SetLength(await WholeAsync(file, cancellationToken));
        file.Seek(0, SeekOrigin.End);
        await file.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken);
        await file.FlushAsync(cancellationToken);
    }

    /// <summary>The whole lines that are not empty.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(FileStream file, CancellationToken cancellationToken)
    {
        var bytes = new byte[await WholeAsync(file, cancellationToken)];
        file.Seek(0, SeekOrigin.Begin);
        await file.ReadExactlyAsync(bytes, cancellationToken);
        return Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>The last whole line; null when there is none.</summary>
    public static async Task<string?> LastAsync(FileStream file, CancellationToken cancellationToken)
    {
        var until = await WholeAsync(file, cancellationToken);
        var tail = new byte[Math.Min(until, Longest)];
        file.Seek(until - tail.Length, SeekOrigin.Begin);
        await file.ReadExactlyAsync(tail, cancellationToken);
        return Encoding.UTF8.GetString(tail).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
    }

    /// <summary>Length up to and with the last line feed.</summary>
    private static async Task<long> WholeAsync(FileStream file, CancellationToken cancellationToken)
    {
        var from = Math.Max(0, file.Length - Longest);
        var tail = new byte[file.Length - from];
        file.Seek(from, SeekOrigin.Begin);
        await file.ReadExactlyAsync(tail, cancellationToken);
        return from + Array.LastIndexOf(tail, (byte)'\n') + 1;
    }
}
