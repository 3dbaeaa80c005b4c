namespace Approvals.Core.Data;

/// <summary>
/// SQLite has one writer at a time. Waiting for one's turn here costs neither a blocked thread nor the database's polling sleep;
/// between processes SQLite's own busy time-out still applies. Other databases lock rows and pass straight through.
/// </summary>
public sealed class WriterGate(bool singleWriter) : IDisposable
{
    private readonly SemaphoreSlim? turn = singleWriter ? new SemaphoreSlim(1, 1) : null;

    /// <summary>Waits for the turn to write; disposing the result passes it on.</summary>
    public async Task<IDisposable?> EnterAsync(CancellationToken cancellationToken)
    {
        if (turn is null)
        {
            return null;
        }

        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    /// <inheritdoc />
    public void Dispose() => turn?.Dispose();

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
