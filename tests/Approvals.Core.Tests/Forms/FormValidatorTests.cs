using System.Text.Json.Nodes;
using Approvals.Core.Forms;

namespace Approvals.Core.Tests.Forms;

public sealed class FormValidatorTests
{
    private static readonly FormContext Apply = ShippedForms.Context("apply", ("photo", 1));

    [Fact]
    public void ACompleteApplicationHasNothingToMend() =>
        Assert.Empty(FormValidator.Validate(ShippedForms.Application, ShippedForms.Complete(), Apply));

    [Fact]
    public void AnEmptyApplicationListsWhatIsMissingInTheOrderOfThePaper()
    {
        var missing = FormValidator.MissingFields(ShippedForms.Application, [], ShippedForms.Context("apply"));
        Assert.Equal(
            ["name", "identityNumber", "phone", "photo", "unit", "post", "specialty", "commandHistory", "health", "declarationSigned"],
            missing.Select(error => error.Path));
    }

    [Fact]
    public void FilesTheFindingsAskForAreAdvisedAndDoNotBlock() =>
        Assert.Equal(["qualificationFiles", "healthCertificate", "cleanRecordFiles"],
            FormValidator.Advice(ShippedForms.Application, ShippedForms.Complete(), Apply).Select(advice => advice.Path));

    [Theory]
    [InlineData("name", "张", "至少 2 个字")]
    [InlineData("identityNumber", "500101197803124217", "校验位不正确")]
    [InlineData("phone", "12345", "电话号码不正确")]
    [InlineData("email", "not a mail", "电子邮箱不正确")]
    [InlineData("specialty", "no-such", "选项不存在")]
    [InlineData("unit", "no-such", "选项不存在")]
    public void AWrongValueIsNamedWithHowToMendIt(string field, string value, string expected)
    {
        var data = ShippedForms.Complete();
        data[field] = value;
        var error = Assert.Single(FormValidator.Validate(ShippedForms.Application, data, Apply));
        Assert.Equal(field, error.Path);
        Assert.Contains(expected, error.Message);
        Assert.False(error.IsMissing);
    }

    [Fact]
    public void AnApplicantUnderAgeIsToldSo()
    {
        var data = ShippedForms.Complete();
        data["identityNumber"] = "500101201001010018";
        var error = Assert.Single(FormValidator.Validate(ShippedForms.Application, data, Apply));
        Assert.Equal("按身份证号码计算为 16 周岁，未满 18 周岁，不能申请；如号码有误请更正", error.Message);
    }

    [Fact]
    public void RowsAreCheckedCellByCell()
    {
        var data = ShippedForms.Complete();
        data["commandHistory"] = new JsonArray(
            new JsonObject { ["from"] = "2020-13-01", ["unit"] = "某队", ["post"] = "队长" },
            new JsonObject { ["from"] = "2020-05-01", ["until"] = "2019-05-01", ["unit"] = "某队" },
            new JsonObject { ["from"] = "2027-01-01", ["unit"] = "某队", ["post"] = "队长" });
        var errors = FormValidator.Validate(ShippedForms.Application, data, Apply);
        Assert.Equal(
            ["commandHistory[0].from", "commandHistory[1].until", "commandHistory[1].post", "commandHistory[2].from"],
            errors.Select(error => error.Path));
        Assert.Equal("指挥岗位任职经历第 2 行 职务", errors[2].Label);
    }

    [Theory]
    [InlineData("999999.99", "“保险金额（元/人）”不能少于 1,000,000.00 元")]
    [InlineData("一百万", "“保险金额（元/人）”不是有效金额，请填写数字，最多两位小数")]
    [InlineData("1000000.005", "“保险金额（元/人）”不是有效金额，请填写数字，最多两位小数")]
    [InlineData("1000000.00", null)]
    public void TheSumInsuredIsHeldAgainstTheParameter(string sum, string? expected)
    {
        var data = new JsonObject
        {
            ["insurer"] = "某保险公司", ["insurerCode"] = "91500000MA5U00000W", ["premium"] = "300.00", ["sumInsured"] = sum,
            ["validFrom"] = "2026-03-01", ["validUntil"] = "2027-02-28",
        };
        var errors = FormValidator.Validate(ShippedForms.Purchase, data, ShippedForms.Context("quote", ("quotation", 1)));
        Assert.Equal(expected, errors.SingleOrDefault()?.Message);
    }

    [Fact]
    public void OnlyWhatTheStepMayEditIsChecked()
    {
        var errors = FormValidator.Validate(ShippedForms.Application, [], ShippedForms.Context("recommend"));
        Assert.Equal(["recommendationOpinion", "stampedScan"], errors.Select(error => error.Path));
        Assert.Empty(FormValidator.Validate(ShippedForms.Application, [], ShippedForms.Context("vet-business")));
    }

    [Fact]
    public void ShapesNobodyCanTypeAreErrorsAndNotFaults()
    {
        var data = JsonNode.Parse("""
            { "name": { "a": 1 }, "identityNumber": 5, "phone": [1], "unit": true, "post": 7, "specialty": null,
              "commandHistory": ["x", { "from": {} }], "qualifications": "x", "health": false, "declarationSigned": "yes" }
            """)!.AsObject();
        var errors = FormValidator.Validate(ShippedForms.Application, data, Apply);
        Assert.Contains(errors, error => error is { Path: "name", IsMissing: false });
        Assert.Contains(errors, error => error.Path == "commandHistory[0]");
        Assert.Contains(errors, error => error.Path == "declarationSigned");
    }
}
