using System.Globalization;
using System.Text.Json;
using Approvals.Core.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Audit;

/// <summary>A signed statement of what the chain's hash was at a sequence, kept outside the database.</summary>
/// <param name="Sequence">Sequence of the entry.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="At">When the checkpoint was written.</param>
/// <param name="Signature">ECDSA P-256 over the three above, base 64.</param>
public sealed record AuditCheckpoint(long Sequence, string Hash, DateTimeOffset At, string Signature)
{
    /// <summary>What is signed.</summary>
    public static string SignedText(long sequence, string hash, DateTimeOffset at) => string.Create(
        CultureInfo.InvariantCulture, $"approvals-audit-checkpoint\n{sequence}\n{hash}\n{at.ToUnixTimeMilliseconds()}");
}

/// <summary>Writes checkpoints: every hour by a job, and every <see cref="Interval"/> entries after a commit. Singleton.</summary>
public sealed class CheckpointWriter(
    CheckpointKey key, IOptions<DataOptions> options, TimeProvider time, ILogger<CheckpointWriter> log)
{
    /// <summary>Entries between two checkpoints at most.</summary>
    public const int Interval = 100;

    private readonly SemaphoreSlim writing = new(1, 1);
    private long newest;

    /// <summary>The checkpoint file: one JSON object a line.</summary>
    public string FilePath { get; } = Path.Combine(
        options.Value.CheckpointFolder ?? Path.Combine(options.Value.Folder, "audit-checkpoints"), "checkpoints.jsonl");

    /// <summary>Appends a checkpoint, unless the last in the file is of this entry.</summary>
    /// <returns>Whether it did.</returns>
    public async Task<bool> WriteAsync(long sequence, string hash, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            return await AppendAsync(sequence, hash, cancellationToken);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>The checkpoints written so far, oldest first; a line that is no checkpoint comes back as null.</summary>
    public async Task<IReadOnlyList<AuditCheckpoint?>> ReadAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(FilePath))
        {
            return [];
        }

        await using var file = await CheckpointFile.OpenAsync(FilePath, FileAccess.Read, cancellationToken);
        var lines = await CheckpointFile.ReadAsync(file, cancellationToken);
        return [.. lines.Select(Parse)];
    }

    /// <summary>Whether the checkpoint was signed by this installation's key.</summary>
    public bool IsGenuine(AuditCheckpoint checkpoint) =>
        key.IsSigned(AuditCheckpoint.SignedText(checkpoint.Sequence, checkpoint.Hash, checkpoint.At), checkpoint.Signature);

    /// <summary>
    /// Writes a checkpoint when enough entries have come since the last one of this process. Who comes while one is being written does not wait for
    /// it: the next one covers their entries.
    /// </summary>
    internal async Task AfterCommitAsync(long? sequence, string? hash, CancellationToken cancellationToken)
    {
        if (sequence is not { } reached || hash is null || reached - Interlocked.Read(ref newest) < Interval)
        {
            return;
        }

        if (!await writing.WaitAsync(TimeSpan.Zero, cancellationToken))
            return;
        try
        {
            // Race closed: somebody may have written one between the look above and the turn.
            if (reached - Interlocked.Read(ref newest) >= Interval)
                await AppendAsync(reached, hash, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // The use case has committed; the hourly checkpoint will cover these entries.
            log.LogError(exception, "The audit checkpoint at {Sequence} could not be written", reached);
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task<bool> AppendAsync(long sequence, string hash, CancellationToken cancellationToken)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var signature = key.Sign(AuditCheckpoint.SignedText(sequence, hash, at));
        var line = JsonSerializer.Serialize(new AuditCheckpoint(sequence, hash, at, signature), JsonSerializerOptions.Web);
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        await using var file = await CheckpointFile.OpenAsync(FilePath, FileAccess.ReadWrite, cancellationToken);
        newest = Math.Max(newest, sequence);

        // Race closed: two processes, or the hour and a commit, that come to the same entry. Whoever has the file looks before it writes.
        if (await CheckpointFile.LastAsync(file, cancellationToken) is { } last && IsOf(last, sequence, hash))
            return false;
        await CheckpointFile.AppendAsync(file, line, cancellationToken);
        return true;
    }

    /// <summary>One of another key or another hash is none of this entry: what is wrong with it is for whoever verifies the chain to say.</summary>
    private bool IsOf(string line, long sequence, string hash) =>
        Parse(line) is { } checkpoint && checkpoint.Sequence == sequence && checkpoint.Hash == hash && IsGenuine(checkpoint);

    private static AuditCheckpoint? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditCheckpoint>(line, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
