using Approvals.Core.Data;
using Approvals.Core.Draws;
using Approvals.Core.Forms;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Designer.Sources;

/// <summary>候选来源 — registers that can be drawn from.</summary>
public sealed class DrawSourceOptions(IEnumerable<IDrawSource> sources) : IOptionSource
{
    /// <inheritdoc />
    public string Name => OptionSources.DrawSources;

    /// <inheritdoc />
    public Task<IReadOnlyList<InputOption>> ListAsync(OptionRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<InputOption>>([.. sources.Select(source => new InputOption(source.Key, source.Name))]);
}

/// <summary>专业 — the dictionary of specialties of the process; without one, the specialties of the register.</summary>
public sealed class SpecialtyOptions(ApprovalsDbContext db, FormCatalogue forms) : IOptionSource
{
    private const string Dictionary = "specialties";

    /// <inheritdoc />
    public string Name => OptionSources.Specialties;

    /// <inheritdoc />
    public async Task<IReadOnlyList<InputOption>> ListAsync(OptionRequest request, CancellationToken cancellationToken)
    {
        if (request.Process is { } process && process.FilesIn("dictionaries").Any(file => file.Name == Dictionary))
        {
            var dictionary = await forms.DictionaryAsync(process.VersionId, Dictionary, cancellationToken);
            return [.. dictionary.Items.Select(item => new InputOption(item.Code, item.Name))];
        }

        var known = await db.Commanders.AsNoTracking().Select(row => new { row.Specialty, row.SpecialtyName }).Distinct()
            .ToListAsync(cancellationToken);
        return [.. known.DistinctBy(row => row.Specialty).OrderBy(row => row.Specialty).Select(row => new InputOption(row.Specialty, row.SpecialtyName))];
    }
}
