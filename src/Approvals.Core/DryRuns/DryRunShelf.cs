using System.Text.Json;
using System.Text.Json.Serialization;
using Approvals.Core.Data;
using Microsoft.Extensions.Options;

namespace Approvals.Core.DryRuns;

/// <summary>Where a dry run stands that somebody asked for on a page.</summary>
public enum DryRunState
{
    /// <summary>Waits for its turn.</summary>
    Waiting,

    /// <summary>Plays.</summary>
    Running,

    /// <summary>There is a result.</summary>
    Done,

    /// <summary>It broke off; nothing can be shown.</summary>
    Broken,
}

/// <summary>A dry run that somebody asked for on a page.</summary>
public sealed record DryRunTicket
{
    /// <summary>Version-7 UUID.</summary>
    public required Guid Id { get; init; }

    /// <summary>Process that is tried.</summary>
    public required string Process { get; init; }

    /// <summary>Version id.</summary>
    public required string VersionId { get; init; }

    /// <summary>Who asked.</summary>
    public required Guid By { get; init; }

    /// <summary>When it was asked for, or last went on.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Where it stands.</summary>
    public DryRunState State { get; init; }

    /// <summary>Acts so far.</summary>
    public int Acts { get; init; }
}

/// <summary>
/// Keeps dry runs of the pages as files in <c>dry-runs</c> of the data folder, which all servers share, for a day: ticket, script, result
/// and PDFs. They are no records, so they are not in the database. Singleton.
/// </summary>
public sealed class DryRunShelf(IOptions<DataOptions> data, TimeProvider time)
{
    /// <summary>How long a result is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    /// <summary>A run that has not gone on for so long is broken: its server has stopped.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private readonly string _root = Path.GetFullPath(Path.Combine(data.Value.Folder, "dry-runs"));

    /// <summary>Puts a new one on the shelf, and throws away what has been there too long.</summary>
    public async Task<DryRunTicket> AddAsync(
        string process, string versionId, Guid by, DryRunAnswers answers, CancellationToken cancellationToken)
    {
        CleanUp();
        var ticket = new DryRunTicket
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()), Process = process, VersionId = versionId, By = by, At = time.GetUtcNow(),
        };
        PrivateFolder.Create(FolderOf(ticket.Id));
        await File.WriteAllTextAsync(AnswersFile(ticket.Id), answers.ToJson(), cancellationToken);
        await WriteAsync(ticket, cancellationToken);
        return ticket;
    }

    /// <summary>The ticket; null when there is none (any more).</summary>
    public async Task<DryRunTicket?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!File.Exists(TicketFile(id)))
            return null;
        var ticket = JsonSerializer.Deserialize<DryRunTicket>(await File.ReadAllTextAsync(TicketFile(id), cancellationToken), Json)!;
        return ticket.State is DryRunState.Waiting or DryRunState.Running && time.GetUtcNow() - ticket.At > Patience
            ? ticket with { State = DryRunState.Broken }
            : ticket;
    }

    /// <summary>Its script as a file.</summary>
    public Task<string> AnswersAsync(Guid id, CancellationToken cancellationToken) => File.ReadAllTextAsync(AnswersFile(id), cancellationToken);

    /// <summary>Its result; call only when the ticket is done.</summary>
    public async Task<DryRunReport> ReportAsync(Guid id, CancellationToken cancellationToken) =>
        DryRunReport.Parse(await File.ReadAllTextAsync(ReportFile(id), cancellationToken));

    /// <summary>Folder of its PDFs.</summary>
    public string DocumentsOf(Guid id) => Path.Combine(FolderOf(id), "documents");

    /// <summary>Says how far it is.</summary>
    public Task MoveAsync(DryRunTicket ticket, DryRunState state, int acts, CancellationToken cancellationToken) =>
        WriteAsync(ticket with { State = state, Acts = acts, At = time.GetUtcNow() }, cancellationToken);

    /// <summary>Keeps the result.</summary>
    public async Task FinishAsync(DryRunTicket ticket, DryRunReport report, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(ReportFile(ticket.Id), report.ToJson(), cancellationToken);
        await MoveAsync(ticket, DryRunState.Done, report.Path.Count, cancellationToken);
    }

    /// <summary>Written beside and moved, so that a page never reads half a ticket.</summary>
    private async Task WriteAsync(DryRunTicket ticket, CancellationToken cancellationToken)
    {
        var beside = TicketFile(ticket.Id) + ".new";
        await File.WriteAllTextAsync(beside, JsonSerializer.Serialize(ticket, Json), cancellationToken);
        File.Move(beside, TicketFile(ticket.Id), overwrite: true);
    }

    private void CleanUp()
    {
        if (!Directory.Exists(_root))
            return;
        var oldest = time.GetUtcNow() - KeptFor;
        foreach (var folder in Directory.EnumerateDirectories(_root).Where(folder => TooOld(folder, oldest)).ToList())
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (DirectoryNotFoundException)
            {
                // Another server was cleaning up at the same time.
            }
        }
    }

    /// <summary>By the time in the id: the product's clock, not the disk's.</summary>
    private static bool TooOld(string folder, DateTimeOffset oldest) =>
        Guid.TryParse(Path.GetFileName(folder), out var id)
        && DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(id.ToString("N")[..12], 16)) < oldest;

    private string FolderOf(Guid id) => Path.Combine(_root, id.ToString("D"));

    private string TicketFile(Guid id) => Path.Combine(FolderOf(id), "ticket.json");

    private string AnswersFile(Guid id) => Path.Combine(FolderOf(id), "answers.json");

    private string ReportFile(Guid id) => Path.Combine(FolderOf(id), "report.json");
}
