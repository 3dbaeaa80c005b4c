using Approvals.Core.Calendar;
using Approvals.Core.Regulations;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Admin.Parameters;

/// <summary>All regulation parameters with the value in force today and the next one.</summary>
[Authorize(Policy = Policies.ProcessOwnership)]
public sealed class IndexModel(RegulationParameters parameters, TimeProvider clock) : PageModel
{
    /// <summary>A line of the list.</summary>
    /// <param name="Definition">The parameter.</param>
    /// <param name="InForce">Value in force today.</param>
    /// <param name="Next">The row that follows; null when none is set.</param>
    public sealed record Line(ParameterDefinition Definition, ParameterValue InForce, RegulationParameter? Next);

    /// <summary>Lines in the order of the regulation.</summary>
    public IReadOnlyList<Line> Rows { get; private set; } = [];

    /// <summary>Shows the list.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var table = await parameters.TableAsync(cancellationToken);
        var today = clock.Today();
        Rows =
        [
            .. ParameterDefinition.All.Select(definition => new Line(
                definition,
                table.InForce(definition.Key, today),
                table.HistoryOf(definition.Key).LastOrDefault(row => row.EffectiveFrom > today))),
        ];
    }
}
