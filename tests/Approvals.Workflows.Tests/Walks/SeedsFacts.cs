using Approvals.Testing;

namespace Approvals.Workflows.Tests;

public sealed class SeedsFacts
{
    [Theory]
    [InlineData(71, false, null, 71)]
    [InlineData(71, true, null, 571)]
    [InlineData(72, true, null, 572)]
    [InlineData(71, true, "571", 571)]
    [InlineData(71, false, "571", 571)]
    [InlineData(71, true, "", 571)]
    public void Seeds_are_fixed_in_the_short_form_fresh_in_the_long_one_and_can_be_asked_for(
        int usual, bool isProving, string? wanted, int expected) => Assert.Equal(expected, Seeds.Choose(usual, isProving, wanted, drawn: 500));
}
