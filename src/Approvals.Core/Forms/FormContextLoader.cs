using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Regulations;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Forms;

/// <summary>A file present for a field.</summary>
/// <param name="Id">Id of the attachment.</param>
/// <param name="FieldKey">Field.</param>
/// <param name="FileName">Name as the person gave it.</param>
/// <param name="FileId">The stored content.</param>
/// <param name="ContentType">Content type found in the content.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Hash of the content.</param>
public sealed record FieldFile(Guid Id, string FieldKey, string FileName, Guid FileId, string ContentType, long Size, string Sha256);

/// <summary>A form with all that checking and drawing it needs.</summary>
/// <param name="Form">Definition.</param>
/// <param name="Context">Plain values for the checks.</param>
/// <param name="Files">Files present, in the order they were given.</param>
public sealed record LoadedForm(FormDefinition Form, FormContext Context, IReadOnlyList<FieldFile> Files);

/// <summary>Loads a form for a step of a case, or for a new one.</summary>
public sealed class FormContextLoader(
    ApprovalsDbContext db, FormCatalogue catalogue, FormRows rows, RegulationParameters parameters, TimeProvider clock)
{
    /// <summary>Kinds of units that a unit field offers: those outside the bureau.</summary>
    private static readonly OrgUnitKind[] OutsideKinds = [OrgUnitKind.Employer, OrgUnitKind.Authority, OrgUnitKind.ThirdParty];

    /// <summary>Loads it as of today.</summary>
    /// <param name="definitionVersionId">Version the case runs on.</param>
    /// <param name="formKey">Form.</param>
    /// <param name="rightsKey">Step.</param>
    /// <param name="caseId">Case whose files count; null for a new one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<LoadedForm> LoadAsync(
        string definitionVersionId, string formKey, string rightsKey, Guid? caseId, CancellationToken cancellationToken = default)
    {
        var form = await catalogue.GetAsync(definitionVersionId, formKey, cancellationToken);
        var today = clock.Today();
        var files = caseId is null ? [] : await rows.FilesAsync(db, caseId.Value, cancellationToken);
        var counts = files.GroupBy(file => file.FieldKey).ToDictionary(group => group.Key, group => group.Count());
        var context = new FormContext(
            rightsKey, today, counts,
            await ChoicesAsync(definitionVersionId, form, cancellationToken),
            await ParametersAsync(form, today, cancellationToken));
        return new LoadedForm(form, context, files);
    }

    private async Task<Dictionary<string, IReadOnlyList<Choice>>> ChoicesAsync(
        string versionId, FormDefinition form, CancellationToken cancellationToken)
    {
        var picked = form.Fields.Select(field => (Path: field.Key, Field: field))
            .Concat(form.Fields.SelectMany(rows => rows.Columns.Select(column => (Path: $"{rows.Key}.{column.Key}", Field: column))))
            .Where(pair => pair.Field.IsPicked);
        var choices = new Dictionary<string, IReadOnlyList<Choice>>();
        foreach (var (path, field) in picked)
        {
            choices[path] = field.Type switch
            {
                FieldType.Choice => (await catalogue.DictionaryAsync(versionId, field.Dictionary!, cancellationToken)).Choices,
                FieldType.Unit => await UnitsAsync(cancellationToken),
                _ => await PeopleAsync(cancellationToken),
            };
        }

        return choices;
    }

    private async Task<List<Choice>> UnitsAsync(CancellationToken cancellationToken)
    {
        var units = await db.OrgUnits.Where(unit => OutsideKinds.Contains(unit.Kind) && unit.ClosedOn == null)
            .OrderBy(unit => unit.SortOrder).ThenBy(unit => unit.Name)
            .Select(unit => new { unit.Id, unit.Name }).ToListAsync(cancellationToken);
        return [.. units.Select(unit => new Choice(unit.Id.ToString(), unit.Name))];
    }

    private async Task<List<Choice>> PeopleAsync(CancellationToken cancellationToken)
    {
        var people = await db.People.Where(person => person.IsActive).OrderBy(person => person.Name).ThenBy(person => person.Number)
            .Select(person => new { person.Id, person.Name }).ToListAsync(cancellationToken);
        return [.. people.Select(person => new Choice(person.Id.ToString(), person.Name))];
    }

    private async Task<Dictionary<string, decimal>> ParametersAsync(
        FormDefinition form, DateOnly today, CancellationToken cancellationToken)
    {
        var keys = form.Fields.Concat(form.Fields.SelectMany(field => field.Columns))
            .SelectMany(field => new[] { field.MinParameter, field.MinAgeParameter })
            .OfType<string>().Distinct().ToList();
        if (keys.Count == 0)
        {
            return [];
        }

        var table = await parameters.TableAsync(cancellationToken);
        return keys.ToDictionary(key => key, key => table.InForce(key, today).Decimal);
    }
}
