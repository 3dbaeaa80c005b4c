using System.Threading.Channels;
using Approvals.Core.Data;
using Approvals.Core.DryRuns;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.DryRuns;

/// <summary>
/// Plays the dry runs that pages ask for, one after the other on this server: each uses a processor for seconds, and nobody else's work
/// should feel it.
/// </summary>
internal sealed class DryRunQueue(IServiceScopeFactory scopes, DryRunShelf shelf, ILogger<DryRunQueue> log) : BackgroundService
{
    /// <summary>More than anybody would wait for.</summary>
    private const int Longest = 20;

    /// <summary>Acts between two words about how far it is.</summary>
    private const int Stride = 10;

    private readonly Channel<DryRunTicket> _waiting = Channel.CreateBounded<DryRunTicket>(Longest);

    /// <summary>Puts a ticket in the queue; false when too many wait.</summary>
    public bool TryAdd(DryRunTicket ticket) => _waiting.Writer.TryWrite(ticket);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var ticket in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await PlayAsync(ticket, stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                log.LogError(fault, "Dry run {DryRun} of process {Process} broke off", ticket.Id, ticket.Process);
                await shelf.MoveAsync(ticket, DryRunState.Broken, 0, stoppingToken);
            }
        }
    }

    private async Task PlayAsync(DryRunTicket ticket, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var tried = await scope.ServiceProvider.GetRequiredService<ApprovalsDbContext>().Definitions.AsNoTracking()
            .SingleAsync(row => row.Id == ticket.VersionId, stopping);
        var answers = DryRunAnswers.Parse(await shelf.AnswersAsync(ticket.Id, stopping));
        await shelf.MoveAsync(ticket, DryRunState.Running, 0, stopping);
        var report = await scope.ServiceProvider.GetRequiredService<SimulateProcess>().RunAsync(
            tried, answers, shelf.DocumentsOf(ticket.Id),
            progress => progress.Acts % Stride == 0
                ? shelf.MoveAsync(ticket, DryRunState.Running, progress.Acts, stopping)
                : Task.CompletedTask,
            stopping);
        await shelf.FinishAsync(ticket, report, stopping);
    }
}
