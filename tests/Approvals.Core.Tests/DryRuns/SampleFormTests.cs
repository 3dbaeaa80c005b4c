using System.Text.Json.Nodes;
using Approvals.Core.DryRuns;
using Approvals.Core.Forms;

namespace Approvals.Core.Tests.DryRuns;

/// <summary>Sample values are made from the form's own definition and pass its own checks.</summary>
public sealed class SampleFormTests
{
    private static readonly Guid Unit = Guid.CreateVersion7();

    [Fact]
    public void EveryKindOfFieldGetsAValueThatPasses()
    {
        var form = Form("""
            { "key": "name", "type": "text", "label": "姓名", "required": true, "minLength": 2 },
            { "key": "id", "type": "text", "format": "identityNumber", "label": "身份证号码", "required": true, "minAgeParameter": "applicant.age.min" },
            { "key": "phone", "type": "text", "format": "phone", "label": "电话", "required": true },
            { "key": "mail", "type": "text", "format": "email", "label": "邮箱", "required": true },
            { "key": "code", "type": "text", "label": "保单号", "required": true, "pattern": "[A-Za-z0-9-]+", "patternMessage": "只含字母数字" },
            { "key": "short", "type": "text", "label": "一个很长很长的字段名称", "required": true, "maxLength": 6 },
            { "key": "long", "type": "longText", "label": "说明", "required": true, "minLength": 30 },
            { "key": "count", "type": "number", "label": "次数", "required": true, "min": 3, "max": 5 },
            { "key": "sum", "type": "money", "label": "金额", "required": true, "minParameter": "insurance.sum.min" },
            { "key": "day", "type": "date", "label": "日期", "required": true, "notInFuture": true },
            { "key": "later", "type": "date", "label": "止期", "required": true, "notBefore": "day" },
            { "key": "kind", "type": "choice", "dictionary": "kinds", "label": "类别", "required": true },
            { "key": "unit", "type": "unit", "label": "单位", "required": true },
            { "key": "more", "type": "text", "label": "其他类别", "required": true, "visibleWhen": { "field": "kind", "in": ["b"] } },
            { "key": "sure", "type": "boolean", "label": "承诺", "mustBeTrue": true },
            { "key": "rows", "type": "rows", "label": "经历", "required": true, "min": 2, "columns": [
              { "key": "from", "type": "date", "label": "起", "required": true, "notInFuture": true },
              { "key": "until", "type": "date", "label": "止", "notBefore": "from" },
              { "key": "post", "type": "text", "label": "职务", "required": true } ] }
            """);
        var loaded = Load(form);
        var samples = new SampleForm("张三", Unit).Fill(loaded, [], onlyRequired: false);
        var data = FormMerge.Apply(form, [], samples, loaded.Context);
        Assert.Empty(FormValidator.Validate(form, data, loaded.Context));
        Assert.Equal("张三", data["name"]!.GetValue<string>());
        Assert.Equal("1000000.00", data["sum"]!.GetValue<string>());
        Assert.Equal(Unit.ToString(), data["unit"]!.GetValue<string>());
        Assert.Equal(2, data["rows"]!.AsArray().Count);
        Assert.Null(data["more"]);
    }

    [Fact]
    public void WhatIsGivenIsKept()
    {
        var form = Form("""{ "key": "name", "type": "text", "label": "姓名" }, { "key": "note", "type": "text", "label": "备注" }""");
        var samples = new SampleForm("张三", null).Fill(Load(form), new JsonObject { ["name"] = "李四" }, onlyRequired: false);
        Assert.False(samples.ContainsKey("name"));
        Assert.True(samples.ContainsKey("note"));
    }

    [Fact]
    public void OnlyTheDemandedIsFilledWhenAskedSo()
    {
        var form = Form("""{ "key": "name", "type": "text", "label": "姓名", "required": true }, { "key": "note", "type": "text", "label": "备注" }""");
        Assert.Equal(["name"], new SampleForm("张三", null).Fill(Load(form), [], onlyRequired: true).Select(pair => pair.Key));
    }

    private static FormDefinition Form(string fields) =>
        FormDefinition.Parse("sample", $$"""{ "title": "样例", "fields": [ {{fields}} ], "rights": { "apply": { "*": "edit" } } }""");

    private static LoadedForm Load(FormDefinition form) => new(
        form,
        new FormContext(
            "apply", new DateOnly(2026, 11, 23), new Dictionary<string, int>(),
            new Dictionary<string, IReadOnlyList<Choice>>
            {
                ["kind"] = [new Choice("a", "甲"), new Choice("b", "乙")],
                ["unit"] = [new Choice(Guid.CreateVersion7().ToString(), "别的单位"), new Choice(Unit.ToString(), "本单位")],
            },
            new Dictionary<string, decimal> { ["applicant.age.min"] = 45, ["insurance.sum.min"] = 1_000_000 }),
        []);
}
