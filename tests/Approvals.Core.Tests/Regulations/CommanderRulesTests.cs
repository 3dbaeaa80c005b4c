using System.Text.Json.Nodes;
using Approvals.Core.Commanders.Rules;
using Approvals.Core.Regulations;
using Approvals.Core.Tests.Forms;

namespace Approvals.Core.Tests.Regulations;

public sealed class CommanderRulesTests
{
    private static readonly DateOnly Today = new(2026, 3, 12);

    private static readonly List<RegulationParameter> Shipped =
        [.. ParameterDefinition.All.Select(definition => SeedParameters.Shipped(definition, DateTimeOffset.UnixEpoch))];

    private static readonly (string, int)[] AllFiles = [("healthCertificate", 1), ("qualificationFiles", 1), ("cleanRecordFiles", 1)];

    [Theory]
    [InlineData("500101196603120018", "60 周岁", Verdict.Pass)] // turns 60 today: 以下 includes the number itself
    [InlineData("500101196503120010", "61 周岁", Verdict.Fail)] // turns 61 today
    [InlineData("500101196503130016", "60 周岁", Verdict.Pass)] // turns 61 tomorrow
    [InlineData("500101196503130017", "无法计算", Verdict.Fail)] // wrong checksum
    public void AgeIsInCompletedYearsOnTheDayOfTheCheck(string identityNumber, string value, Verdict verdict)
    {
        var result = new CommanderAgeLimit().Judge(Input(data => data["identityNumber"] = identityNumber));
        Assert.Equal((value, verdict, "≤ 60 周岁"), (result.Value, result.Verdict, result.Expected));
        Assert.Equal("commander.age.max", Assert.Single(result.Parameters).Key);
    }

    [Theory]
    [InlineData("2021-03-13", Verdict.Pass)] // five years are complete with today
    [InlineData("2021-03-14", Verdict.Fail)]
    public void FiveYearsInCommandPostsIncludeTheFifth(string from, Verdict verdict) =>
        Assert.Equal(verdict, new CommanderCommandYears().Judge(Input(data => data["commandHistory"] = new JsonArray(
            new JsonObject { ["from"] = from, ["isCommandPost"] = true }))).Verdict);

    [Fact]
    public void ACompleteApplicationPassesEveryRule() =>
        Assert.All(Rules(), rule => Assert.Equal(Verdict.Pass, rule.Judge(Input(_ => { }, AllFiles)).Verdict));

    [Fact]
    public void AnEmptyApplicationFailsEveryRuleWithoutAFault() =>
        Assert.All(Rules(), rule =>
        {
            var result = rule.Judge(new RuleInput([], new Dictionary<string, int>(), new ParameterTable(Shipped), Today));
            Assert.Equal(Verdict.Fail, result.Verdict);
            Assert.NotEmpty(result.Message);
        });

    [Fact]
    public void AQualificationWithoutAllItsCopiesIsToBeLookedAt()
    {
        var result = new CommanderQualification().Judge(Input(
            data => data["qualifications"]!.AsArray().Add(new JsonObject { ["name"] = "某证", ["number"] = "B-2" }), AllFiles));
        Assert.Equal(Verdict.Warning, result.Verdict);
    }

    [Fact]
    public void ADeclarationWithoutProofFails() =>
        Assert.Equal(Verdict.Fail, new CommanderCleanRecord().Judge(Input(_ => { })).Verdict);

    [Fact]
    public void ANewParameterCountsFromItsFirstDayAndNotBefore()
    {
        var changed = new RegulationParameter
        {
            Key = ParameterKeys.CommanderAgeMax, Value = "62", Name = "年龄上限", Article = "T§12.4",
            EffectiveFrom = Today, SetAt = DateTimeOffset.UnixEpoch,
        };
        var table = new ParameterTable([.. Shipped, changed]);
        Assert.Equal(60, table.InForce(ParameterKeys.CommanderAgeMax, Today.AddDays(-1)).Whole);
        Assert.Equal(62, table.InForce(ParameterKeys.CommanderAgeMax, Today).Whole);

        var data = ShippedForms.Complete();
        data["identityNumber"] = "500101196503120010";
        var result = new CommanderAgeLimit().Judge(new RuleInput(data, new Dictionary<string, int>(), table, Today));
        Assert.Equal(Verdict.Pass, result.Verdict);
        Assert.Equal([changed.Id], result.Parameters.Select(row => row.Id));
    }

    [Fact]
    public void OnlyTheAgeLimitMayBeRelaxed() =>
        Assert.Equal(["CommanderAgeLimit"], Rules().Where(rule => rule.IsWaivable).Select(rule => rule.Name));

    [Theory]
    [InlineData("commander.age.max", "六十", "请填写整数")]
    [InlineData("commander.age.max", "60.5", "请填写整数")]
    [InlineData("commander.age.max", "200", "应在 18 至 100 之间")]
    [InlineData("commander.age.max", "60,61", "只能是一个数")]
    [InlineData("term.reminder-days", "30,30", "重复")]
    public void AValueThatMakesNoSenseIsRefused(string key, string typed, string expected)
    {
        var (value, problem) = ParameterDefinition.All.Single(definition => definition.Key == key).Check(typed);
        Assert.Null(value);
        Assert.Contains(expected, problem);
    }

    [Fact]
    public void EveryKeyThatCodeReadsIsShippedWithAUsableValue()
    {
        var keys = typeof(ParameterKeys).GetFields().Select(field => (string)field.GetValue(null)!);
        Assert.Equal(keys.Order(), ParameterDefinition.All.Select(definition => definition.Key).Order());
        Assert.All(ParameterDefinition.All, definition => Assert.Equal(definition.Value, definition.Check(definition.Value).Value));
    }

    private static IReadOnlyList<IRule> Rules() =>
    [
        new CommanderAgeLimit(), new CommanderCommandYears(), new CommanderCleanRecord(), new CommanderHealth(),
        new CommanderQualification(),
    ];

    private static RuleInput Input(Action<JsonObject> change, params (string Field, int Count)[] files)
    {
        var data = ShippedForms.Complete();
        change(data);
        return new RuleInput(data, files.ToDictionary(file => file.Field, file => file.Count), new ParameterTable(Shipped), Today);
    }
}
