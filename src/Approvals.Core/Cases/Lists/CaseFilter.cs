using Approvals.Core.Calendar;

namespace Approvals.Core.Cases;

/// <summary>What a list of cases is narrowed to. Every part may be absent.</summary>
/// <param name="ProcessKey">One process.</param>
/// <param name="Status">One status; drafts are in no list.</param>
/// <param name="SectionId">One owning section.</param>
/// <param name="From">Submitted on or after this day, in China.</param>
/// <param name="Until">Submitted on or before this day, in China.</param>
/// <param name="Search">Beginning of a case number, or a part of the subject's name.</param>
public sealed record CaseFilter(
    string? ProcessKey = null, CaseStatus? Status = null, Guid? SectionId = null, DateOnly? From = null, DateOnly? Until = null,
    string? Search = null)
{
    /// <summary>The cases that fit.</summary>
    public IQueryable<Case> Narrow(IQueryable<Case> cases)
    {
        cases = ProcessKey is { } process ? cases.Where(one => one.ProcessKey == process) : cases;
        cases = Status is { } status ? cases.Where(one => one.Status == status) : cases;
        cases = SectionId is { } section ? cases.Where(one => one.OwnerSectionId == section) : cases;
        if (From is { } from)
        {
            var first = ChinaTime.Instant(from, TimeOnly.MinValue);
            cases = cases.Where(one => one.SubmittedAt >= first);
        }

        if (Until is { } until)
        {
            var end = ChinaTime.EndOf(until);
            cases = cases.Where(one => one.SubmittedAt < end);
        }

        return Search is { } search ? cases.Where(one => one.Number!.StartsWith(search) || one.SubjectName.Contains(search)) : cases;
    }
}
