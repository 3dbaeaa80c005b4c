using Approvals.Core.Forms;

namespace Approvals.Core.Tests.Forms;

public sealed class FormDefinitionTests
{
    [Fact]
    public void EveryShippedFormAndDictionaryCanBeUsed()
    {
        var workflows = Path.Combine(ShippedForms.Root, "workflows");
        var dictionaries = Directory.GetFiles(Path.Combine(workflows, "dictionaries"))
            .ToDictionary(file => "dictionaries/" + Path.GetFileName(file), File.ReadAllText);
        var processes = Directory.GetDirectories(workflows).Where(folder => Directory.Exists(Path.Combine(folder, "forms"))).ToList();
        Assert.True(processes.Count >= 3);
        Assert.All(processes, folder =>
        {
            var forms = Directory.GetFiles(Path.Combine(folder, "forms"))
                .Select(file => KeyValuePair.Create("forms/" + Path.GetFileName(file), File.ReadAllText(file)));
            Assert.Empty(FormFiles.ProblemsOf(forms.Concat(dictionaries).ToDictionary()));
        });
    }

    [Theory]
    [InlineData("""{"title":"表","fields":[{"key":"a","type":"colour","label":"甲"}]}""", "未知的字段类型“colour”")]
    [InlineData("""{"title":"表","fields":[{"key":"a","type":"text","label":"甲","colour":1}]}""", "colour")]
    [InlineData("""{"title":"表","fields":[{"key":"a","type":"text","label":"甲"},{"key":"a","type":"date","label":"乙"}]}""", "“a”重复")]
    [InlineData("""{"title":"表","fields":[{"key":"a","type":"choice","label":"甲"}]}""", "须指明字典")]
    [InlineData("""{"title":"表","fields":[{"key":"a","type":"rows","label":"甲"}]}""", "至少一列")]
    [InlineData("""{"title":"表","fields":[{"key":"a","type":"text","label":"甲","pattern":"(","patternMessage":"错"}]}""", "正则表达式")]
    [InlineData("""{"title":"表","fields":[{"key":"a","type":"computed","label":"甲","compute":"evil(a)"}]}""", "未知的函数“evil”")]
    [InlineData("""{"title":"表","fields":[{"key":"a","type":"computed","label":"甲","compute":"ageOn(b)"}]}""", "不存在的字段“b”")]
    [InlineData("""{"title":"表","fields":[{"key":"a","type":"money","label":"甲","minParameter":"no.such"}]}""", "不存在的法规参数")]
    [InlineData("""{"title":"表","fields":[],"rights":{"apply":{"b":"edit"}}}""", "字段权限引用了不存在的字段“b”")]
    [InlineData("""{"title":"表","fields":[],"rights":{"apply":{"*":"write"}}}""", "未知的字段权限“write”")]
    [InlineData("""{"title":"表","fields":[],"grid":{"columns":[1],"rows":[[{"field":"b"}]]}}""", "表样第 1 行引用了不存在的字段“b”")]
    [InlineData("""{"title":"表","fields":[],"grid":{"columns":[1,1],"rows":[[{"caption":"甲"}]]}}""", "应占 2 列，实占 1 列")]
    [InlineData("""{"title":"表","fields":[],"grid":{"columns":[1],"rows":[[{"caption":"甲","rowspan":2}]]}}""", "向下跨出")]
    [InlineData("""{"title":"表","fields":[],"grid":{"columns":[1],"rows":[[{}]]}}""", "须且只能有")]
    public void AFormThatCannotBeUsedSaysWhy(string json, string expected)
    {
        var error = Assert.Throws<FormDefinitionException>(() => FormDefinition.Parse("test", json));
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void AFormThatNamesAMissingDictionaryIsRefusedWithItsPath()
    {
        var files = new Dictionary<string, string>
        {
            ["forms/a.json"] = """{"title":"表","fields":[{"key":"a","type":"choice","label":"甲","dictionary":"none"}]}""",
        };
        Assert.Equal(["forms/a.json：字典“none”不存在"], FormFiles.ProblemsOf(files));
    }

    [Fact]
    public void RightsFallBackFromStepToStarAndComputedFieldsAreNeverEdited()
    {
        var form = ShippedForms.Application;
        var apply = FormRights.For(form, "apply");
        Assert.Equal(FieldRight.Edit, apply[form.Find("name")!]);
        Assert.Equal(FieldRight.Read, apply[form.Find("birthDate")!]);
        Assert.Equal(FieldRight.Read, apply[form.Find("recommendationOpinion")!]);
        Assert.Equal(FieldRight.Hidden, apply[form.Find("waiverReason")!]);
        Assert.Equal(["recommendationOpinion", "stampedScan"], FormRights.For(form, "recommend").Editable.Select(field => field.Key));
        Assert.Equal(["waiverReason"], FormRights.For(form, "appoint").Editable.Select(field => field.Key));
        Assert.Empty(FormRights.For(form, "vet-business").Editable);
        Assert.Empty(FormRights.For(form, "a-step-nobody-named").Editable);
        Assert.False(apply.MayEdit("no-such-field"));
    }
}
