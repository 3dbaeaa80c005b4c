using UglyToad.PdfPig;

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

    [Fact]
    public void A_heading_is_never_left_at_the_foot_of_a_page_without_the_table_it_announces()
    {
        var column = Samples.Notice.Persons!.Columns[0].Heading;
        for (var lines = 1; lines <= 25; lines++)
        {
            var model = Samples.Notice with
            {
                Paragraphs = [.. Enumerable.Repeat("公示内容。", lines), "二、拟聘人选基本情况"],
            };

            using var pdf = PdfDocument.Open(documents.Render(model).Pdf);
            var pages = pdf.GetPages().Select(page => DocumentFixture.Squeeze(page.Text)).ToList();
            var heading = pages.FindIndex(page => page.Contains("拟聘人选基本情况", StringComparison.Ordinal));
            Assert.True(heading >= 0 && pages[heading].Contains(column, StringComparison.Ordinal), $"{lines} lines before the heading");
        }
    }
}
