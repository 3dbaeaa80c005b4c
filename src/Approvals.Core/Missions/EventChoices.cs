using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Missions;

/// <summary>What an event is chosen from.</summary>
/// <param name="Specialties">Dictionary <c>specialties</c>.</param>
/// <param name="Regions">Dictionary <c>regions</c>.</param>
/// <param name="Generals">Active people with the role 总指挥, by name.</param>
public sealed record OfferedChoices(IReadOnlyList<Choice> Specialties, IReadOnlyList<Choice> Regions, IReadOnlyList<Person> Generals);

/// <summary>Loads the choices: dictionaries are those of the published mission process, so that the process owner keeps one list.</summary>
public sealed class EventChoices(ApprovalsDbContext db, DefinitionCatalogue catalogue, FormCatalogue forms)
{
    /// <summary>The choices; empty lists while the process is not published.</summary>
    public async Task<OfferedChoices> LoadAsync(CancellationToken cancellationToken)
    {
        var generals = await db.People.AsNoTracking()
            .Where(one => one.IsActive
                && db.RoleAssignments.Any(role => role.PersonId == one.Id && role.Role == Roles.GeneralCommander))
            .OrderBy(one => one.Name).ThenBy(one => one.Id).ToListAsync(cancellationToken);
        return new OfferedChoices(
            await DictionaryAsync("specialties", cancellationToken), await RegionsAsync(cancellationToken), generals);
    }

    /// <summary>Regions alone, for the rate table.</summary>
    public Task<IReadOnlyList<Choice>> RegionsAsync(CancellationToken cancellationToken) => DictionaryAsync("regions", cancellationToken);

    private async Task<IReadOnlyList<Choice>> DictionaryAsync(string name, CancellationToken cancellationToken) =>
        await catalogue.FindPublishedAsync(AppointCommander.Process, cancellationToken) is { } definition
            ? (await forms.DictionaryAsync(definition.Row.Id, name, cancellationToken)).Choices
            : [];
}
