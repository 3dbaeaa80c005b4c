using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Approvals.Web.Diagram;

namespace Approvals.Web.Tests.Diagram;

/// <summary>Captions of a diagram stand on no box and on no other caption, read from the drawing as a browser gets it.</summary>
public sealed class FlowLabelTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly string[] Ports = ["同意", "不同意", "Done", "退回", "异议不成立", "Approved by all", "合格", "需要补充材料后再审"];

    [Theory]
    [InlineData("commander-appointment")]
    [InlineData("accident-insurance")]
    [InlineData("objection-handling")]
    public void Shipped_processes_have_room_for_every_caption(string process)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "workflows", process, "workflow.json");
        var json = File.ReadAllText(file);

        Assert.Empty(Overlaps(json));
        Assert.Equal(Captioned(json), Labels(json).Count);
    }

    [Fact]
    public void Graphs_laid_out_by_hand_have_room_for_every_caption()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var json = Graph(new Random(seed));

            Assert.True(Overlaps(json).Count == 0, $"seed {seed}: {string.Join("; ", Overlaps(json))}");
            Assert.True(Captioned(json) == Labels(json).Count, $"seed {seed}: a caption is missing");
        }
    }

    private static List<string> Overlaps(string json)
    {
        var labels = Labels(json);
        var boxes = Draw(json).Descendants(Svg + "rect").Select(rect => new FlowArea(
            Number(rect, "x"), Number(rect, "y"), Number(rect, "width"), Number(rect, "height"))).ToList();
        return [
            .. labels.Where(label => boxes.Exists(label.Area.Overlaps)).Select(label => $"{label.Text} stands on a box"),
            .. labels.SelectMany((one, index) => labels.Skip(index + 1).Where(other => one.Area.Overlaps(other.Area))
                .Select(other => $"{one.Text} stands on {other.Text}"))];
    }

    // Measured without the product's code: letters of eleven units, ten above the line they stand on and two below.
    private static List<(string Text, FlowArea Area)> Labels(string json) =>
        Draw(json).Descendants(Svg + "text").Where(text => text.Attribute("class")?.Value == "flow-port").Select(text => (text.Value, new FlowArea(
            Number(text, "x"), Number(text, "y") - 10, text.Value.Sum(letter => letter < 0x2E80 ? 6.2 : 11), 12))).ToList();

    private static int Captioned(string json) => JsonDocument.Parse(json).RootElement.GetProperty("root").GetProperty("connections")
        .EnumerateArray().Count(line => line.GetProperty("source").GetProperty("port").GetString() != "Done");

    private static XElement Draw(string json) => XDocument.Parse(FlowDiagram.Draw(json, new Dictionary<string, FlowStepState>())).Root!;

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    /// <summary>Boxes thrown about, many in rows, some nearly touching; more lines than boxes, back and forth.</summary>
    private static string Graph(Random random)
    {
        var count = random.Next(3, 20);
        var places = new List<(int X, int Y)>();
        while (places.Count < count)
        {
            var place = (X: random.Next(0, 1200), Y: random.Next(0, 600));
            place.Y = places.Count > 0 && random.Next(2) == 0 ? places[random.Next(places.Count)].Y : place.Y;
            if (!places.Exists(other => Math.Abs(other.X - place.X) < 145 && Math.Abs(other.Y - place.Y) < 55) || random.Next(15) == 0)
            {
                places.Add(place);
            }
        }

        return JsonSerializer.Serialize(new
        {
            name = "手工绘制",
            root = new
            {
                activities = places.Select((place, index) => new
                {
                    id = $"a{index}",
                    type = "Approvals.ApprovalStep",
                    metadata = new
                    {
                        displayText = $"环节{index}",
                        designer = new { position = new { x = place.X, y = place.Y }, size = new { width = 140, height = 50 } },
                    },
                }),
                connections = Enumerable.Range(0, random.Next(count, 2 * count)).Select(_ => new
                {
                    source = new { activity = $"a{random.Next(count)}", port = Ports[random.Next(Ports.Length)] },
                    target = new { activity = $"a{random.Next(count)}", port = "In" },
                }),
            },
        });
    }
}
