using Approvals.Core.Forms;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Approvals.Core.Tests.Forms;

public sealed class FormInputTests
{
    private static readonly FormDefinition Form = ShippedForms.Application;

    [Fact]
    public void APostStillHeldReadsToDateAndNotNothing()
    {
        var until = Form.Find("commandHistory")!.Columns.Single(column => column.Key == "until");
        Assert.Equal(("至今", "to date"), (FieldDisplay.OrEmpty(until, []), FieldDisplay.OrEmpty(until, [], english: true)));
        Assert.Equal("2018-04-30", FieldDisplay.OrEmpty(until, new() { ["until"] = "2018-04-30" }));
        Assert.Equal("", FieldDisplay.Text(until, []));
    }

    [Fact]
    public void RowsComeInTheOrderOfTheirIndexes()
    {
        var input = Read(("data.commandHistory[3].unit", "丙"), ("data.commandHistory[0].unit", "甲"),
            ("data.commandHistory[10].unit", "丁"), ("data.commandHistory[3].isCommandPost", "true"));
        Assert.Equal(["甲", "丙", "丁"], Units(input));
        Assert.True(FieldValues.Boolean(input.Data["commandHistory"]![1]!["isCommandPost"]));
        Assert.False(input.ChangesRows);
    }

    [Fact]
    public void AButtonAddsARowAndAnotherTakesOneOutWithoutJavaScript()
    {
        var added = Read(("data.commandHistory[0].unit", "甲"), ("rows-add", "commandHistory"));
        Assert.True(added.ChangesRows);
        Assert.Equal(["甲", null], Units(added));

        var removed = Read(("data.commandHistory[0].unit", "甲"), ("data.commandHistory[1].unit", "乙"),
            ("rows-remove", "commandHistory[0]"));
        Assert.True(removed.ChangesRows);
        Assert.Equal(["乙"], Units(removed));
    }

    [Fact]
    public void WhatCannotBeReadStaysAsItWasTyped()
    {
        var input = Read(("data.commandHistory[0].from", "去年五月"), ("data.phone", "没有"));
        Assert.Equal("去年五月", FieldValues.Text(input.Data["commandHistory"]![0]!["from"]));
        Assert.Equal("没有", FieldValues.Text(input.Data["phone"]));
        var merged = FormMerge.Apply(Form, [], input.Data, ShippedForms.Context("apply"));
        Assert.Equal("去年五月", FieldValues.Text(merged["commandHistory"]![0]!["from"]));
    }

    [Fact]
    public void AnUntickedDeclarationIsFalseAndAnEmptyFieldEmptiesWhatWasStored()
    {
        var input = Read(("data.email", " "));
        var data = FormMerge.Apply(Form, ShippedForms.Complete(), input.Data, ShippedForms.Context("apply"));
        Assert.False(FieldValues.Boolean(data["declarationSigned"]));
        Assert.False(data.ContainsKey("email"));
    }

    [Fact]
    public void AFloodOfRowsIsCutOffAndSaidToBeTooMany()
    {
        var input = Read([.. Enumerable.Range(0, 500).Select(row => ($"data.commandHistory[{row}].unit", "某队"))]);
        Assert.Equal(21, Units(input).Count);
        var errors = FormValidator.Validate(Form, input.Data, ShippedForms.Context("apply"));
        Assert.Contains(errors, error => error.Message == "“指挥岗位任职经历”最多 20 行，现有 21 行");
    }

    [Fact]
    public void TickedFilesAreNamedForRemoval()
    {
        var id = Guid.CreateVersion7();
        var input = Read((FormInput.RemoveFileName(id), "true"), ("remove-file:nonsense", "true"));
        Assert.Equal([id], input.RemovedFiles);
    }

    [Theory]
    [InlineData("name", "f-name")]
    [InlineData("commandHistory[1].from", "f-commandHistory-1-from")]
    public void IdsOfInputsFollowThePathOfTheirErrors(string path, string id) => Assert.Equal(id, FormInput.Id(path));

    private static FormInput Read(params (string Name, string Value)[] posted) => FormInput.Read(
        new FormCollection(posted.ToDictionary(pair => pair.Name, pair => new StringValues(pair.Value))), Form, "apply");

    private static List<string?> Units(FormInput input) =>
        [.. FieldValues.Rows(input.Data["commandHistory"]).Select(row => FieldValues.Text(row["unit"]))];
}
