using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Forms;
using Approvals.Web.Forms;

namespace Approvals.Web.Pages.Cases;

/// <summary>The paper form of a case as the form partials draw it.</summary>
internal static class CasePaper
{
    /// <summary>The form with its opinion boxes filled in.</summary>
    /// <param name="sheet">The case.</param>
    /// <param name="data">Values to show.</param>
    /// <param name="errors">What is to be mended.</param>
    /// <param name="isEditable">Whether fields of the step are inputs.</param>
    public static FormView Of(CaseSheet sheet, JsonObject data, IReadOnlyList<FieldError> errors, bool isEditable) => new(sheet.Form, data)
    {
        Errors = errors,
        IsEditable = isEditable,
        FileAddress = file => FileAddress(sheet.Row.Id, file.Id),
        Opinions = sheet.Opinions.GroupBy(one => one.RightsKey).ToDictionary(
            group => group.Key,
            group => (IReadOnlyList<FormOpinion>)[.. group.Select(one => new FormOpinion(
                one.Line, one.As, one.Opinion, one.At,
                one.HasPicture ? $"/cases/{sheet.Row.Id}/signatures/{one.DecisionId}" : null))]),
    };

    /// <summary>Where a file of a case is read.</summary>
    public static string FileAddress(Guid caseId, Guid attachmentId) => $"/cases/{caseId}/files/{attachmentId}";
}
