using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Approvals.Core.Processes;
using Approvals.Workflows;

namespace Approvals.Core.Tests.Designer;

/// <summary>What a process owner reads in the toolbox and the property panel is Chinese, all of it.</summary>
public sealed partial class ToolboxWordsTests
{
    private static readonly ActivityRegistry Registry = new(typeof(ProcessServices).Assembly);

    /// <summary>Proper names and file types that have no Chinese.</summary>
    private static readonly HashSet<string> ProperNames = new(StringComparer.Ordinal) { "JavaScript", "Liquid", "JSON", "Cron", "PDF" };

    public static TheoryData<string> Types => [.. Registry.Descriptors.Select(descriptor => descriptor.TypeName)];

    [Theory, MemberData(nameof(Types))]
    public void Every_word_of_an_activity_is_Chinese(string type)
    {
        var wrong = Texts(Registry.Find(type)!).Where(one => !IsChinese(one.Text)).Select(one => $"{one.What}: “{one.Text}”").ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory, MemberData(nameof(Types))]
    public void Every_way_out_of_an_activity_has_a_caption(string type)
    {
        var descriptor = Registry.Find(type)!;
        var isDynamic = descriptor.Inputs.Any(input => input.UiHint == UiHints.DynamicOutcomes);
        Assert.True(descriptor.IsTerminal || isDynamic || descriptor.Ports.Any(port => !port.IsEmbedded));
    }

    [Fact]
    public void The_groups_of_the_toolbox_stand_in_the_order_of_their_digits()
    {
        var groups = Registry.Descriptors.Where(one => one.IsBrowsable).Select(one => one.Category).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                Categories.Approval, Categories.Checking, Categories.Issuing, Categories.Registers, Categories.Payouts, Categories.Waiting,
                Categories.Processes, Categories.Control,
            ],
            groups);
    }

    [Theory]
    [InlineData("Elsa.RunJavaScript")]
    [InlineData("Elsa.WriteLine")]
    [InlineData("Elsa.Fault")]
    [InlineData("Elsa.Correlate")]
    [InlineData("Elsa.NotFoundActivity")]
    public void Scripts_and_tools_of_programmers_are_described_but_not_in_the_toolbox(string type)
    {
        Assert.False(Registry.Find(type)!.IsBrowsable);
    }

    [Fact]
    public void Every_value_a_new_activity_starts_with_is_one_its_input_takes()
    {
        var definition = new JsonObject
        {
            ["definitionId"] = "new", ["name"] = "新流程",
            ["root"] = new JsonObject
            {
                ["id"] = "Flowchart1", ["type"] = "Elsa.Flowchart",
                ["activities"] = new JsonArray(
                [
                    .. Registry.Descriptors.Where(one => one.IsBrowsable).Select((one, index) =>
                    {
                        var dropped = (JsonObject)one.ConstructionProperties.DeepClone();
                        dropped["id"] = $"a{index}";
                        dropped["type"] = one.TypeName;
                        return dropped;
                    }),
                ]),
            },
        };
        var problems = new WorkflowCompiler().Compile(WorkflowDefinition.FromJson(definition), Registry).Problems;
        Assert.DoesNotContain(problems, problem => problem.Code is ProblemCodes.InputFormat or ProblemCodes.Expression);
    }

    private static IEnumerable<(string What, string Text)> Texts(ActivityDescriptor one)
    {
        yield return ("category", one.Category);
        yield return ("name", one.Name);
        yield return ("caption", one.DisplayName);
        yield return ("description", one.Description);
        foreach (var input in one.Inputs)
        {
            yield return ($"{input.Name} caption", input.DisplayName);
            yield return ($"{input.Name} help", input.Description);
            foreach (var option in Options(input.UiSpecifications))
                yield return ($"{input.Name} option", option);
        }

        foreach (var output in one.Outputs)
        {
            yield return ($"{output.Name} caption", output.DisplayName);
            yield return ($"{output.Name} help", output.Description);
        }

        foreach (var port in one.Ports)
            yield return ($"outcome {port.Name}", port.DisplayName);
    }

    private static IEnumerable<string> Options(JsonNode? specification) => specification switch
    {
        JsonObject item when item["text"] is JsonValue text => [text.GetValue<string>()],
        JsonObject json => json.SelectMany(pair => pair.Key == "DynamicOutcomesOptions"
            ? pair.Value!["fixedOutcomes"]!.AsArray().Select(one => one!.GetValue<string>()) : Options(pair.Value)),
        JsonArray list => list.SelectMany(Options),
        _ => [],
    };

    private static bool IsChinese(string text) =>
        text.Any(letter => letter is >= '\u4e00' and <= '\u9fff')
        && LatinWord().Matches(Sample().Replace(text, "")).All(word => ProperNames.Contains(word.Value));

    /// <summary>What is to be typed as it stands: <c>data.amount > 5</c>, <c>getInput('x')</c>, <c>field=field</c>.</summary>
    [GeneratedRegex(@"\b\w+\([^)]*\)|\b\w+(\.\w+)+|\b\w+=\w+")]
    private static partial Regex Sample();

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex LatinWord();
}
