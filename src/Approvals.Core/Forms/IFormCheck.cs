using System.Text.Json.Nodes;

namespace Approvals.Core.Forms;

/// <summary>What a check of a process sees of a form that is being submitted or decided on.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Form">Form with its context; the context's rights key says which step.</param>
/// <param name="Data">The data as it would be stored.</param>
public sealed record FormCheckInput(Guid CaseId, LoadedForm Form, JsonObject Data)
{
    /// <summary>Whether the step may edit the field.</summary>
    public bool MayEdit(string field) => FormRights.For(Form.Form, Form.Context.RightsKey).MayEdit(field);
}

/// <summary>
/// A check of one process's forms beyond what the form file can say: fields against each other, and against the database. Runs inside
/// the unit of work that stores the form, after the checks of the file passed, and may take locks that hold until it commits.
/// </summary>
public interface IFormCheck
{
    /// <summary>The process, e.g. <c>compensation</c>.</summary>
    string Process { get; }

    /// <summary>What is to be mended, each at its field or row; empty when nothing is.</summary>
    Task<IReadOnlyList<FieldError>> ErrorsAsync(FormCheckInput input, CancellationToken cancellationToken);
}

/// <summary>Checks a form: first by its file, then by the checks of its process. Scoped.</summary>
public sealed class FormChecking(IEnumerable<IFormCheck> checks)
{
    /// <summary>Everything to mend, in the order of the paper.</summary>
    /// <param name="process">Process of the case.</param>
    /// <param name="input">The form.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<FieldError>> ErrorsAsync(
        string process, FormCheckInput input, CancellationToken cancellationToken)
    {
        var errors = FormValidator.Validate(input.Form.Form, input.Data, input.Form.Context).ToList();
        foreach (var check in errors.Count > 0 ? [] : checks.Where(one => one.Process == process))
        {
            errors.AddRange(await check.ErrorsAsync(input, cancellationToken));
        }

        return errors;
    }
}
