using System.Text.Json.Nodes;
using Approvals.Core.Forms;

namespace Approvals.Core.Tests.Forms;

public sealed class FormMergeTests
{
    private static readonly FormDefinition Form = ShippedForms.Application;

    [Fact]
    public void WhatAStepMayNotEditIsLeftAsItWas()
    {
        var stored = ShippedForms.Complete();
        var submitted = new JsonObject
        {
            ["name"] = "李四", ["recommendationOpinion"] = "同意推荐", ["waiverReason"] = "我自己放宽", ["isAdmin"] = true,
        };
        var data = FormMerge.Apply(Form, stored, submitted, ShippedForms.Context("recommend"));
        Assert.Equal("张建国", FieldValues.Text(data["name"]));
        Assert.Equal("同意推荐", FieldValues.Text(data["recommendationOpinion"]));
        Assert.False(data.ContainsKey("waiverReason"));
        Assert.False(data.ContainsKey("isAdmin"));
        Assert.Equal(["name", "waiverReason", "isAdmin"], FormMerge.NotEditable(Form, submitted, "recommend"));
    }

    [Fact]
    public void ComputedValuesComeFromTheFieldsAndNeverFromInput()
    {
        var submitted = ShippedForms.Complete();
        submitted["birthDate"] = "2000-01-01";
        submitted["commandYears"] = 99;
        var data = FormMerge.Apply(Form, [], submitted, ShippedForms.Context("apply"));
        Assert.Equal("1978-03-12", FieldValues.Text(data["birthDate"]));
        Assert.Equal("男", FieldValues.Text(data["gender"]));
        Assert.Equal(6, FieldValues.Decimal(data["commandYears"]));
    }

    [Fact]
    public void YearsAreStatedWhereTheirPeriodsMayBeEditedAndLaterStepsLeaveThem()
    {
        var submitted = ShippedForms.Complete();
        submitted["commandHistory"]![1]!["isCommandPost"] = true;
        var stated = FormMerge.Apply(Form, [], submitted, ShippedForms.Context("apply"));
        Assert.Equal(13, FieldValues.Decimal(stated["commandYears"]));

        var twoYearsLater = ShippedForms.Today.AddYears(2);
        foreach (var step in new[] { "recommend", "vet-business", "appoint" })
        {
            var decided = FormMerge.Apply(Form, stated, [], ShippedForms.Context(step) with { Today = twoYearsLater });
            Assert.True(JsonNode.DeepEquals(stated, decided), step);
        }

        var corrected = FormMerge.Apply(Form, stated, [], ShippedForms.Context("apply") with { Today = twoYearsLater });
        Assert.Equal(15, FieldValues.Decimal(corrected["commandYears"]));
    }

    [Fact]
    public void TheNameOfAPickedValueIsKeptBesideIt()
    {
        var submitted = ShippedForms.Complete();
        submitted["unitName"] = "假单位";
        var data = FormMerge.Apply(Form, [], submitted, ShippedForms.Context("apply"));
        Assert.Equal("危险化学品", FieldValues.Text(data["specialtyName"]));
        Assert.Equal("重庆某化工有限公司", FieldValues.Text(data["unitName"]));
        data = FormMerge.Apply(Form, data, new JsonObject { ["specialty"] = null }, ShippedForms.Context("apply"));
        Assert.False(data.ContainsKey("specialty"));
        Assert.False(data.ContainsKey("specialtyName"));
    }

    [Fact]
    public void FullWidthAndSpacedInputIsReadAsMeant()
    {
        var submitted = new JsonObject
        {
            ["name"] = "　张建国　", ["identityNumber"] = "５００１０１ 19780312 4210", ["phone"] = "+86 138-0000-1234",
            ["email"] = "ｚｈａｎｇ＠example.cn", ["health"] = "健康，能胜任（现场）",
            ["commandHistory"] = new JsonArray(new JsonObject { ["from"] = "2012年5月1日", ["until"] = "２０１８/４/３０" }),
        };
        var data = FormMerge.Apply(Form, [], submitted, ShippedForms.Context("apply"));
        Assert.Equal("张建国", FieldValues.Text(data["name"]));
        Assert.Equal("500101197803124210", FieldValues.Text(data["identityNumber"]));
        Assert.Equal("13800001234", FieldValues.Text(data["phone"]));
        Assert.Equal("zhang@example.cn", FieldValues.Text(data["email"]));
        Assert.Equal("健康，能胜任（现场）", FieldValues.Text(data["health"]));
        Assert.Equal("2012-05-01", FieldValues.Text(data["commandHistory"]![0]!["from"]));
        Assert.Equal("2018-04-30", FieldValues.Text(data["commandHistory"]![0]!["until"]));
    }

    [Fact]
    public void MoneyIsKeptAsAnExactDecimalText()
    {
        var data = FormMerge.Apply(
            ShippedForms.Purchase, [], new JsonObject { ["sumInsured"] = "￥1,000,000.1" }, ShippedForms.Context("quote"));
        Assert.Equal("1000000.10", data["sumInsured"]!.GetValue<string>());
    }

    [Fact]
    public void AFieldWhoseConditionIsNotMetIsEmptied()
    {
        var form = FormDefinition.Parse("test", """
            { "title": "表", "rights": { "*": { "*": "edit" } }, "fields": [
              { "key": "hasIllness", "type": "boolean", "label": "有病史" },
              { "key": "illness", "type": "text", "label": "病史", "required": true, "visibleWhen": { "field": "hasIllness", "in": ["true"] } } ] }
            """);
        var context = ShippedForms.Context("any");
        var data = FormMerge.Apply(form, [], new JsonObject { ["hasIllness"] = true, ["illness"] = "高血压" }, context);
        Assert.Equal("高血压", FieldValues.Text(data["illness"]));
        data = FormMerge.Apply(form, data, new JsonObject { ["hasIllness"] = false }, context);
        Assert.False(data.ContainsKey("illness"));
        Assert.Empty(FormValidator.Validate(form, data, context));
    }

    [Fact]
    public void HiddenFieldsAreNotSentToAStep()
    {
        var stored = ShippedForms.Complete();
        stored["waiverReason"] = "拟放宽";
        Assert.False(FormMerge.Visible(Form, stored, "recommend").ContainsKey("waiverReason"));
        Assert.True(FormMerge.Visible(Form, stored, "vet-personnel").ContainsKey("waiverReason"));
    }
}
