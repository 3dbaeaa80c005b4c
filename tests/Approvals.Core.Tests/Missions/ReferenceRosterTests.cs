using Approvals.Core.Missions;

namespace Approvals.Core.Tests.Missions;

public sealed class ReferenceRosterTests
{
    private static readonly RosterNeed Need = new("hazchem", 29.29, 106.26);

    [Fact]
    public void Chongqing_to_Chengdu_is_some_270_kilometres() =>
        Assert.InRange(Distance.Kilometres(29.563, 106.551, 30.573, 104.066)!.Value, 262, 272);

    [Theory]
    [InlineData(null, 106.0)]
    [InlineData(91.0, 106.0)]
    [InlineData(29.0, 181.0)]
    public void An_impossible_place_has_no_distance(double? latitude, double? longitude) =>
        Assert.Null(Distance.Kilometres(latitude, longitude, 29, 106));

    [Fact]
    public void Whoever_can_come_stands_before_whoever_knows_more_and_that_before_whoever_is_nearer()
    {
        var lines = ReferenceRoster.Rank(Need,
        [
            One("远而专") with { Latitude = 30.2 },
            One("近而专但在外") with { Availability = Availability.Away },
            One("近而不专") with { Specialty = "fire" },
            One("近而专"),
            One("近而专但拒绝过") with { Record = new MissionRecord(3, 1, 0, 1) },
        ]);
        Assert.Equal(["近而专", "远而专", "近而专但拒绝过", "近而不专", "近而专但在外"], lines.Select(line => line.Candidate.Name));
        Assert.Equal([1, 2, 3, 4, 5], lines.Select(line => line.Place));
    }

    [Fact]
    public void Within_ten_kilometres_the_record_decides()
    {
        var lines = ReferenceRoster.Rank(Need,
        [
            One("近") with { Latitude = 29.291 }, One("稍远而优秀") with { Latitude = 29.33, Record = new MissionRecord(2, 1, 0, 0) },
            One("没有坐标") with { Latitude = null },
        ]);
        Assert.Equal(["稍远而优秀", "近", "没有坐标"], lines.Select(line => line.Candidate.Name));
        Assert.Null(lines[2].Kilometres);
    }

    [Fact]
    public void The_order_does_not_depend_on_the_order_of_the_input()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var people = Enumerable.Range(0, random.Next(2, 30)).Select(i => One($"人{i}") with
            {
                Availability = (Availability)random.Next(3),
                Specialty = random.Next(2) == 0 ? "hazchem" : "fire",
                Latitude = random.Next(5) == 0 ? null : 29 + random.NextDouble(),
                Record = new MissionRecord(random.Next(4), random.Next(2), random.Next(2), random.Next(2)),
            }).ToArray();
            var first = ReferenceRoster.Rank(Need, people).Select(line => line.Candidate.CommanderId).ToList();
            random.Shuffle(people);
            Assert.True(first.SequenceEqual(ReferenceRoster.Rank(Need, people).Select(line => line.Candidate.CommanderId)), $"seed {seed}");
        }
    }

    private static RosterCandidate One(string name) => new()
    {
        CommanderId = Guid.CreateVersion7(), Name = name, UnitName = "江州化工", Specialty = "hazchem", SpecialtyName = "危险化学品",
        Latitude = 29.3, Longitude = 106.25,
    };
}
