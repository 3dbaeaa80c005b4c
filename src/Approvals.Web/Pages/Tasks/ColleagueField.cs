using Approvals.Core.Organisation;

namespace Approvals.Web.Pages.Tasks;

/// <summary>A list of colleagues in a form.</summary>
/// <param name="Name">Name of the field.</param>
/// <param name="Label">Caption.</param>
/// <param name="People">Whom one may choose.</param>
/// <param name="Chosen">Who is chosen.</param>
/// <param name="Error">What is wrong; null when nothing is.</param>
public sealed record ColleagueField(string Name, string Label, IReadOnlyList<Colleague> People, Guid? Chosen, string? Error);
