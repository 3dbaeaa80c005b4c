using Approvals.Testing;

namespace Approvals.Workflows.Tests;

/// <summary>
/// Random walks in which a process owner keeps changing the flowchart and moving the instance to another version: nothing finished is run
/// again, no branch is lost or doubled, and a version that differs in nothing makes no difference.
/// </summary>
public sealed class MovingWalkFacts
{
    private static readonly int Graphs = Seeds.IsProving ? 20_000 : 2_000;

    [Fact]
    public async Task No_branch_is_lost_or_doubled_by_moving_between_versions()
    {
        var (moved, refused, steps, endless) = (0, 0, 0, 0);
        var begin = Seeds.For(1);
        for (var seed = begin; seed < begin + Graphs; seed++)
        {
            var random = new Random(seed);
            var versions = new List<FlowVariant> { FlowVariant.First(random) };
            while (versions.Count < 4)
            {
                var next = versions[^1];
                for (var changes = random.Next(1, 3); changes > 0; changes--)
                    next = next.Changed(random);
                versions.Add(next.Shuffled(random));
            }

            var walk = new MovingWalk(versions, random, $"seed {seed}");
            await walk.WalkAsync();
            moved += walk.Moved;
            refused += walk.Refused;
            steps += walk.Steps;
            endless += walk is { IsEndless: true, Moved: > 0 } ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{Graphs} walks, {steps} steps, {moved} moves, {refused} refused, {endless} endless after a move");
        Assert.True(moved > Graphs && refused > Graphs / 2, $"{moved} moves and {refused} refusals in {steps} steps prove too little.");
        Assert.True(endless * 500 <= Graphs, $"{endless} of {Graphs} went round for ever after they had been moved: moving begins loops.");
    }

    [Fact]
    public async Task A_version_that_differs_in_nothing_makes_no_difference()
    {
        var begin = Seeds.For(1);
        for (var seed = begin; seed < begin + (Graphs / 2); seed++)
        {
            var random = new Random(seed);
            var first = FlowVariant.First(random);
            var twin = new Host(first.ToJson("v1"));
            var walk = new MovingWalk([first, first.Reordered(random)], random, $"seed {seed}", twin);
            await walk.WalkAsync();
            Assert.Equal(0, walk.Refused);
        }
    }
}
