using Approvals.Documents.Pages;
using UglyToad.PdfPig;

namespace Approvals.Documents.Tests;

public sealed class TemplateTests(DocumentFixture documents)
{
    public static TheoryData<string> Names => [.. Models.Keys];

    private static Dictionary<string, IDocumentModel> Models { get; } = new()
    {
        ["notice"] = Samples.Notice,
        ["appointment"] = Samples.Appointment,
        ["training"] = Samples.Training,
        ["card"] = Samples.Card,
        ["sheet"] = Samples.Sheet,
        ["letter"] = Samples.Letter,
        ["order"] = Samples.Order,
        ["form"] = Samples.Form,
        ["form-long"] = Samples.LongForm,
        ["summary"] = Samples.Summary,
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Same_model_gives_same_bytes_from_any_renderer(string name)
    {
        var first = documents.Render(Models[name], name);
        var second = new DocumentRenderer(documents.Fonts).Render(Models[name]);

        Assert.Equal(first.Pdf, second.Pdf);
        Assert.Equal(first.Sha256, second.Sha256);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_document_stays_under_400_KB(string name) =>
        Assert.InRange(documents.Render(Models[name]).Pdf.Length, 1, 400 * 1024);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_text_layer_is_what_was_laid_out_without_radicals(string name)
    {
        var model = Models[name];
        var laidOut = string.Concat(model.Compose(documents.Fonts).Pages.SelectMany(page => page.Items).OfType<TextItem>()
            .Select(item => item.Text));

        var text = DocumentFixture.TextOf(documents.Render(model).Pdf);

        Assert.Equal(DocumentFixture.Squeeze(laidOut), text);
        Assert.DoesNotContain(text, c => c is >= '\u2E80' and <= '\u2FDF' or >= '\uF900' and <= '\uFAFF');
    }

    [Fact]
    public void Every_string_of_a_model_is_in_its_document()
    {
        Holds(Samples.Appointment, Certificate(Samples.Appointment));
        Holds(Samples.Training, Certificate(Samples.Training));
        var card = Samples.Card;
        Holds(card, [card.Title, card.Authority, card.Name, card.Specialty, card.Number, card.Validity, .. card.Notes,
            card.Verification.Number]);
        var letter = Samples.Letter;
        Holds(letter, [letter.Letterhead, letter.Number, letter.Title, letter.Addressee + "：", .. letter.Paragraphs.Take(4),
            letter.Authority, letter.Date, letter.Verification!.Number]);
        Holds(Samples.Sheet, [.. Samples.Sheet.Cards.Select(each => each.Number)]);

        static string[] Certificate(Templates.CertificateModel model) =>
            [model.Title, model.Number, model.Holder, model.Statement, .. model.Details, model.Basis!, model.Authority,
                model.Date, model.Verification.Number];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fonts_are_embedded_and_subset(string name)
    {
        using var pdf = PdfDocument.Open(documents.Render(Models[name]).Pdf);
        var fonts = pdf.GetPages().SelectMany(page => page.Letters).Select(letter => letter.FontName!).Distinct().ToList();

        Assert.NotEmpty(fonts);
        Assert.All(fonts, font => Assert.Matches("^[A-Z]{6}\\+Noto", font));
    }

    [Fact]
    public void The_file_says_title_authority_and_the_models_date()
    {
        using var pdf = PdfDocument.Open(documents.Render(Samples.Notice).Pdf);

        Assert.Equal("重庆市江津区应急管理局关于抢险救援现场技术指挥官拟聘人选的公示", pdf.Information.Title);
        Assert.Equal("重庆市江津区应急管理局", pdf.Information.Author);
        Assert.StartsWith("D:20261122013000", pdf.Information.CreationDate, StringComparison.Ordinal);
        Assert.Equal(pdf.Information.CreationDate, pdf.Information.ModifiedDate);
    }

    [Fact]
    public void Work_ID_has_the_size_of_a_card_and_a_back_for_every_front()
    {
        using var card = PdfDocument.Open(documents.Render(Samples.Card).Pdf);
        Assert.Equal(2, card.NumberOfPages);
        Assert.All(card.GetPages(), page =>
        {
            Assert.Equal(85.6, page.Width * 25.4 / 72, 0.1);
            Assert.Equal(54, page.Height * 25.4 / 72, 0.1);
        });

        // Nine cards: eight and one, each sheet with its backs, mirrored.
        Assert.Equal(4, documents.Render(Samples.Sheet).Pages);
        using var sheet = PdfDocument.Open(documents.Render(Samples.Sheet).Pdf);
        Assert.True(sheet.GetPage(3).Letters.Max(letter => letter.StartBaseLine.X) < sheet.GetPage(3).Width / 2);
        Assert.True(sheet.GetPage(4).Letters.Min(letter => letter.StartBaseLine.X) > sheet.GetPage(4).Width / 2);
    }

    [Fact]
    public void A_form_cell_longer_than_a_page_goes_on_with_its_rules_and_loses_nothing()
    {
        var document = documents.Render(Samples.LongForm);

        var text = DocumentFixture.TextOf(document.Pdf);
        Assert.Equal(3, document.Pages);
        Assert.All(Enumerable.Range(1, 40), i => Assert.Contains($"第{i}项：", text, StringComparison.Ordinal));
        Assert.Contains("市应急管理局审批意见", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_statement_is_set_smaller_and_does_not_run_into_the_signature()
    {
        var model = Samples.Appointment with
        {
            Statement = string.Concat(Enumerable.Repeat(Samples.Appointment.Statement, 8)),
            Details = [.. Enumerable.Repeat("专业类别：危险化学品", 3)],
        };

        using var pdf = PdfDocument.Open(documents.Render(model, "appointment-long").Pdf);

        var page = pdf.GetPage(1);
        var text = string.Concat(page.Letters.Select(letter => letter.Value));
        var basis = page.Letters[text.IndexOf(model.Basis!, StringComparison.Ordinal)];
        var authority = page.Letters[text.LastIndexOf(model.Authority, StringComparison.Ordinal)];
        Assert.True(basis.StartBaseLine.Y > authority.StartBaseLine.Y + Units.Mm(8));
    }

    private void Holds(IDocumentModel model, params string[] parts)
    {
        var text = DocumentFixture.TextOf(documents.Render(model).Pdf);
        Assert.All(parts, part => Assert.Contains(DocumentFixture.Squeeze(part), text, StringComparison.Ordinal));
    }
}
