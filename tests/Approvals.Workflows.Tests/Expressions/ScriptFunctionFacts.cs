using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Approvals.Workflows.Tests;

/// <summary>The functions an editor is told of are those a script can call.</summary>
public sealed partial class ScriptFunctionFacts
{
    public static TheoryData<string> Names => [.. ScriptFunction.All.Select(function => function.Name)];

    [Theory, MemberData(nameof(Names))]
    public async Task Every_declared_function_is_there(string name)
    {
        var host = new Host(Draw.Of(Draw.Activity("w", "WriteLine", ("text", Draw.Js($"typeof {name}")))).Json);
        await host.Start();
        Assert.Equal(["function"], host.Lines);
    }

    [Fact]
    public void Every_function_of_the_host_is_declared()
    {
        var source = File.ReadAllText(Path.Combine(Sources(), "Expressions", "JavaScript", "JavaScriptHost.cs"));
        Assert.Equal(
            Defined().Matches(source).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal),
            ScriptFunction.All.Select(function => function.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_value_a_host_offers_is_made_only_when_an_expression_mentions_it()
    {
        var asked = 0;
        foreach (var (expression, times, line) in new[]
        {
            (Draw.Js("'nothing'.toUpperCase()"), 0, "NOTHING"), (Draw.Js("data.n.toFixed(0)"), 1, "5"),
            (Draw.Expression("Liquid", "{{ data.n }}"), 2, "5"), (Draw.Expression("Liquid", "{{ Input.n }}"), 2, ""),
        })
        {
            var host = new Host(Draw.Of(Draw.Activity("a", "WriteLine", ("text", expression))).Json);
            host.Contributors.Add(new Lazily(() =>
            {
                asked++;
                return new Dictionary<string, object?> { ["n"] = 5 };
            }));
            await host.Start();
            Assert.Equal((times, line), (asked, Assert.Single(host.Lines)));
        }
    }

    /// <summary>A date a script makes of year, month and day is that day where the host's clock stands, and stays it on its way out.</summary>
    [Fact]
    public async Task A_day_of_a_script_is_the_day_at_the_clocks_place()
    {
        var host = Draw.Of(
                Draw.Activity("a", "SetVariable", ("variable", new JsonObject { ["name"] = "Day" }), ("value", Draw.Js("new Date(2026, 11, 1)"))),
                Draw.Activity("w", "Test.Wait"))
            .Lines("a>w").Variable("Day", "DateOnly", null).Host();
        host.Clock.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("+8", TimeSpan.FromHours(8), "+8", "+8"));
        await host.Start();
        Assert.Equal(new DateOnly(2026, 12, 1), host.Variable("Day"));
    }

    [Fact]
    public async Task A_template_prints_an_instant_as_it_reads_at_the_clocks_place()
    {
        var host = Draw.Of(Draw.Activity(
                "a", "WriteLine", ("text", Draw.Expression("Liquid", "{{ Variables.At | date: 'yyyy-MM-dd HH:mm' }}"))))
            .Variable("At", "DateTimeOffset", "2026-11-30T20:30:00Z").Host();
        host.Clock.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("+8", TimeSpan.FromHours(8), "+8", "+8"));
        await host.Start();
        Assert.Equal(["2026-12-01 04:30"], host.Lines);
    }

    private sealed class Lazily(Func<object?> value) : IExpressionContributor
    {
        public void Contribute(ExpressionContext context, IDictionary<string, object?> values) => values["data"] = value;
    }

    private static string Sources([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Approvals.Workflows"));

    [GeneratedRegex("""Define\("(?<name>\w+)"[,]""")]
    private static partial Regex Defined();
}
