using Approvals.Core.Forms;

namespace Approvals.Core.Designer;

/// <summary>The forms of a process that is being edited; one that is damaged is left out, publishing says what is wrong with it.</summary>
public sealed class ProcessForms(FormCatalogue catalogue)
{
    /// <summary>In order of their file names; none when there is no process.</summary>
    public async Task<IReadOnlyList<FormDefinition>> OfAsync(DesignedProcess? process, CancellationToken cancellationToken)
    {
        var forms = new List<FormDefinition>();
        foreach (var (key, _) in process?.FilesIn("forms") ?? [])
        {
            try
            {
                forms.Add(await catalogue.GetAsync(process!.VersionId, key, cancellationToken));
            }
            catch (FormDefinitionException)
            {
                continue;
            }
        }

        return forms;
    }
}
