using Approvals.Core.Cases;

namespace Approvals.Web.Pages.Cases;

/// <summary>Comments of a case as its pages show them.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Comments">What the reader may see, oldest first.</param>
/// <param name="People">Whom the reader may mention.</param>
/// <param name="MayBeInternal">Whether the reader may write what the applicant does not see.</param>
public sealed record CommentsView(
    Guid CaseId, IReadOnlyList<CaseComment> Comments, IReadOnlyList<(Guid Id, string Name)> People, bool MayBeInternal)
{
    /// <summary>What was typed, after an error.</summary>
    public string? Text { get; init; }

    /// <summary>Whether it was meant for those who handle the case only.</summary>
    public bool IsInternal { get; init; }

    /// <summary>What is wrong.</summary>
    public string? Error { get; init; }

    /// <summary>Whether one can write here; a task's page, itself a form, only shows.</summary>
    public bool IsOpen { get; init; } = true;

    /// <summary>Reads what the signed-in person may see.</summary>
    public static async Task<CommentsView> ReadAsync(CommentOnCase commenting, Case row, CancellationToken cancellationToken) => new(
        row.Id, await commenting.ListAsync(row, cancellationToken), await commenting.PeopleAsync(row, isInternal: false, cancellationToken),
        commenting.MayBeInternal(row));
}
