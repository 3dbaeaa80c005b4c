using Approvals.Core.Data;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Designer.Sources;

/// <summary>消息 — names of the messages that some process of the bureau waits for.</summary>
public sealed class MessageOptions(ApprovalsDbContext db) : IOptionSource
{
    private const string Waiting = "Approvals.WaitForMessage";

    /// <inheritdoc />
    public string Name => OptionSources.Messages;

    /// <inheritdoc />
    public async Task<IReadOnlyList<InputOption>> ListAsync(OptionRequest request, CancellationToken cancellationToken)
    {
        var own = request.Process?.DefinitionId;
        var others = await db.Definitions.AsNoTracking().Where(row => row.IsLatest && row.DefinitionId != own)
            .Where(row => row.Json.Contains(Waiting))
            .Select(row => row.DefinitionId).ToListAsync(cancellationToken);
        var processes = new DesignedProcesses(db);
        var names = NamesIn(request.Process).ToList();
        foreach (var id in others)
            names.AddRange(NamesIn(await processes.FindAsync(id, cancellationToken)));
        return [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => new InputOption(name, name))];
    }

    private static IEnumerable<string> NamesIn(DesignedProcess? process) => (process?.Activities() ?? [])
        .Where(activity => DesignedProcess.Text(activity["type"]) == Waiting)
        .SelectMany(activity => StoredValues.Of(activity["message"]));
}
