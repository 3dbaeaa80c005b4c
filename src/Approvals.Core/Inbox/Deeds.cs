namespace Approvals.Core.Inbox;

/// <summary>Activities that carry out what was signed, by their type names. Whoever adds such an activity enters it here; a test asks for it.</summary>
internal static class Deeds
{
    /// <summary>They appoint, certify, insure or grant money: the signature before them is given to one case alone.</summary>
    public static readonly IReadOnlySet<string> Binding = new HashSet<string>(StringComparer.Ordinal)
    {
        "Approvals.IssueCertificate", "Approvals.IssueOrder", "Approvals.RegisterChange", "Approvals.RecordInsurance", "Approvals.PayoutEntitlement",
        "Approvals.GrantAllowance", "Approvals.GrantPremium", "Approvals.GrantCompensation", "Approvals.MissionState",
    };

    /// <summary>What people see of what the office makes by itself: they are told that it comes. A mission's state is shown by its order.</summary>
    public static readonly IReadOnlySet<string> Shown = new HashSet<string>(
        Binding.Where(type => type != "Approvals.MissionState"), StringComparer.Ordinal) { "Approvals.IssueDocument", "Approvals.StartCase" };
}
