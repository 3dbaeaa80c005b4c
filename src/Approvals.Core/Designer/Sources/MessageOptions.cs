using Approvals.Core.Data;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Designer.Sources;

/// <summary>消息 — names of the messages that the processes of the bureau wait for or send.</summary>
public sealed class MessageOptions(ApprovalsDbContext db) : IOptionSource
{
    private static readonly string[] Types = ["Approvals.WaitForMessage", "Approvals.SendMessage"];

    /// <inheritdoc />
    public string Name => OptionSources.Messages;

    /// <inheritdoc />
    public async Task<IReadOnlyList<InputOption>> ListAsync(OptionRequest request, CancellationToken cancellationToken)
    {
        var own = request.Process?.DefinitionId;
        var others = await db.Definitions.AsNoTracking().Where(row => row.IsLatest && row.DefinitionId != own)
            .Where(row => row.Json.Contains("Approvals.WaitForMessage") || row.Json.Contains("Approvals.SendMessage"))
            .Select(row => row.DefinitionId).ToListAsync(cancellationToken);
        var processes = new DesignedProcesses(db);
        var names = NamesIn(request.Process).ToList();
        foreach (var id in others)
            names.AddRange(NamesIn(await processes.FindAsync(id, cancellationToken)));
        return [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => new InputOption(name, name))];
    }

    private static IEnumerable<string> NamesIn(DesignedProcess? process) => (process?.Activities() ?? [])
        .Where(activity => Types.Contains(DesignedProcess.Text(activity["type"])))
        .SelectMany(activity => StoredValues.Of(activity["message"]));
}
