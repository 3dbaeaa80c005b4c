using Approvals.Core.Inbox;
using Approvals.Core.Processes;
using Approvals.Workflows;

namespace Approvals.Core.Tests.Inbox;

/// <summary>No activity that carries a signature out is forgotten: a new one of these groups is a deed or stands here with its reason.</summary>
public sealed class DeedsTests
{
    private static readonly ActivityRegistry Registry = new(typeof(ProcessServices).Assembly);

    private static readonly string[] Groups = [Categories.Issuing, Categories.Registers, Categories.Payouts];

    /// <summary>A letter binds nobody; the others prepare or prove something that is signed later.</summary>
    private static readonly string[] Harmless =
    [
        "Approvals.IssueDocument", "Approvals.Training", "Approvals.Draw", "Approvals.InsuranceRoster", "Approvals.RegisterCompensation",
        "Approvals.CheckCompensationGrant",
    ];

    /// <summary>What was signed before money was granted stays what was signed: a return does not lead behind it.</summary>
    [Fact]
    public void Every_deed_that_grants_money_is_final()
    {
        // Recording the policies pays nobody; it ends the case.
        var granting = Registry.Descriptors.Where(one => one.Category == Categories.Payouts && Deeds.Binding.Contains(one.TypeName)
            && one.TypeName != "Approvals.RecordInsurance").ToList();
        Assert.Equal(
            ["Approvals.GrantAllowance", "Approvals.GrantCompensation", "Approvals.GrantPremium", "Approvals.PayoutEntitlement"],
            granting.Select(one => one.TypeName).Order(StringComparer.Ordinal));
        Assert.All(granting, one => Assert.Equal(OutcomeAttribute.Done, one.FinalOutcome));
    }

    [Fact]
    public void Every_activity_that_issues_registers_or_pays_is_a_deed_or_known_to_be_none()
    {
        var found = Registry.Descriptors.Where(one => Groups.Contains(one.Category)).Select(one => one.TypeName).Order(StringComparer.Ordinal);
        Assert.Equal(Deeds.Binding.Concat(Harmless).Order(StringComparer.Ordinal), found);
        Assert.Empty(Deeds.Shown.Except(Registry.Descriptors.Select(one => one.TypeName)));
    }
}
