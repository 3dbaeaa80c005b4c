namespace Approvals.Documents.Tests;

public sealed class PublicNoticeTests(DocumentFixture documents)
{
    [Fact]
    public void Every_character_can_be_found_again()
    {
        var model = Samples.Notice;
        var pdf = documents.Render(model, "notice").Pdf;

        string[] parts =
        [
            model.Letterhead, model.Number, .. model.Title.Split('\n'), .. model.Paragraphs,
            .. model.Persons!.Rows.SelectMany(row => row), .. model.Contact, model.Authority, model.Date,
        ];
        var heading = model.Persons.Columns.Select(column => column.Heading);
        string[] expected = [.. parts[..9], .. heading, .. parts[9..]];
        Assert.Equal(DocumentFixture.Squeeze(string.Concat(expected)), DocumentFixture.TextOf(pdf, aboveMm: 35));
        Assert.Contains(model.Verification!.Number, DocumentFixture.TextOf(pdf), StringComparison.Ordinal);
    }
}
