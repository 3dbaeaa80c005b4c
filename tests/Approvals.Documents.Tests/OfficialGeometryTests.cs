using Approvals.Documents.Graphics;
using Approvals.Documents.Templates;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace Approvals.Documents.Tests;

/// <summary>The figures of GB/T 9704-2012 measured on the finished file, in millimetres from the upper left corner.</summary>
public sealed class OfficialGeometryTests : IDisposable
{
    private const double Pitch = 225.0 / 22;
    private const double Cell = 156.0 / 28;

    private readonly PdfDocument pdf;
    private readonly DocumentFixture documents;

    public OfficialGeometryTests(DocumentFixture documents)
    {
        this.documents = documents;
        var model = Samples.Notice with
        {
            Paragraphs = [.. Samples.Notice.Paragraphs, .. Enumerable.Repeat(new string('字', 400), 3)],
            Persons = null,
        };
        pdf = PdfDocument.Open(documents.Render(model).Pdf);
    }

    [Fact]
    public void Pages_are_A4()
    {
        Assert.All(pdf.GetPages(), page =>
        {
            Assert.Equal(210, ToMm(page.Width), 0.2);
            Assert.Equal(297, ToMm(page.Height), 0.2);
        });
    }

    [Fact]
    public void A_full_page_has_22_lines_of_28_characters_in_the_text_block()
    {
        var page = pdf.GetPage(2);
        var lines = Body(page).GroupBy(letter => Math.Round(Top(page, letter), 1)).OrderBy(line => line.Key).ToList();

        Assert.Equal(22, lines.Count);
        var full = lines.Where(line => line.Count() == 28 && line.All(letter => letter.Value == "字")).ToList();
        Assert.True(full.Count > 10);
        Assert.All(full, line =>
        {
            var places = line.Select(letter => ToMm(letter.StartBaseLine.X)).Order().ToList();
            Assert.Equal(28, places[0], 0.3);
            Assert.All(places.Zip(places.Skip(1)), pair => Assert.Equal(Cell, pair.Second - pair.First, 0.02));
            Assert.Equal(28 + 156, places[^1] + Cell, 0.3);
        });
        Assert.All(lines.Zip(lines.Skip(1)), pair => Assert.Equal(Pitch, pair.Second.Key - pair.First.Key, 0.11));
        // Upper edge of the first line: the type stands in the middle of its line.
        Assert.Equal(37 + (Pitch - ToMm(16)) / 2, lines[0].Key, 0.3);
    }

    [Fact]
    public void Red_letterhead_starts_35_mm_below_the_text_blocks_edge_and_the_rule_lies_4_mm_below_the_number()
    {
        var page = pdf.GetPage(1);
        var name = Find(page, Samples.Notice.Letterhead);
        Assert.Equal(37 + 35, Top(page, name[0]), 0.5);
        Assert.All(name, letter => Assert.True(IsRed(letter)));
        Centred(name);

        var number = Find(page, Samples.Notice.Number);
        Centred(number);
        var numberFoot = Top(page, number[0]) + ToMm(16);
        var rule = Assert.Single(page.Paths, path => path.GetBoundingRectangle() is { } box
            && ToMm(box.Width) > 150 && ToMm(box.Height) < 1);
        var box = rule.GetBoundingRectangle()!.Value;
        Assert.Equal(numberFoot + 4, 297 - ToMm(box.Centroid.Y), 0.4);
        Assert.Equal(28, ToMm(box.Left), 0.3);
        Assert.Equal(156, ToMm(box.Width), 0.3);
    }

    // 10.2: the name's upper edge 20 mm below the text block's, the number two lines below it, the date four characters from the right.
    [Fact]
    public void An_order_begins_20_mm_below_the_text_blocks_edge_and_its_date_ends_four_characters_from_the_right()
    {
        using var order = PdfDocument.Open(documents.Render(Samples.Order).Pdf);
        var page = Assert.Single(order.GetPages());
        var name = Find(page, Samples.Order.Letterhead);
        Assert.Equal(37 + 20, Top(page, name[0]), 0.5);
        Assert.All(name, letter => Assert.True(IsRed(letter)));
        Centred(name);
        Centred(Find(page, Samples.Order.Number));
        var date = Find(page, Samples.Order.Date);
        Assert.Equal(28 + 156 - 4 * Cell, ToMm(date[^1].StartBaseLine.X) + Cell, 0.5);
        Assert.True(Top(page, Find(page, "总指挥")[0]) < Top(page, date[0]));
    }

    [Fact]
    public void Title_is_22_point_and_body_16_point_indented_by_two_characters()
    {
        var page = pdf.GetPage(1);
        Assert.All(Find(page, "关于抢险救援现场技术指挥官"), letter => Assert.Equal(22, letter.PointSize, 0.1));
        var first = Find(page, "根据《重庆市")[0];
        Assert.Equal(16, first.PointSize, 0.1);
        Assert.Equal(28 + 2 * Cell, ToMm(first.StartBaseLine.X), 0.3);
        Assert.Contains("Sans", Find(page, "一、公示时间")[0].FontName!, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_numbers_stand_right_on_odd_and_left_on_even_pages_7_mm_below_the_text_block()
    {
        foreach (var page in pdf.GetPages())
        {
            var number = Find(page, $"—{page.Number}—");
            Assert.All(number, letter => Assert.Equal(14, letter.PointSize, 0.1));
            var dash = number[0];
            // The dash lies a little over a third of the type size above the baseline.
            Assert.Equal(37 + 225 + 7, 297 - ToMm(dash.StartBaseLine.Y) - ToMm(14 * 0.38), 0.6);
            if (page.Number % 2 == 1)
            {
                Assert.Equal(28 + 156 - ToMm(14), ToMm(number[^1].EndBaseLine.X), 0.3);
            }
            else
            {
                Assert.Equal(28 + ToMm(14), ToMm(dash.StartBaseLine.X), 0.3);
            }
        }
    }

    [Fact]
    public void Date_stands_four_characters_from_the_right_below_the_authority_and_the_seal_lies_over_both()
    {
        var page = pdf.GetPage(pdf.NumberOfPages);
        var date = Find(page, Samples.Notice.Date, last: true);
        var name = Find(page, Samples.Notice.Authority, last: true);
        Assert.Equal(28 + 156 - 4 * Cell, ToMm(date[^1].EndBaseLine.X), 0.6);
        Assert.Equal(Middle(name), Middle(date), 0.5);
        Assert.Equal(Pitch, Top(page, date[0]) - Top(page, name[0]), 0.1);

        var ring = page.Paths.Select(path => path.GetBoundingRectangle()).OfType<UglyToad.PdfPig.Core.PdfRectangle>()
            .Single(box => Math.Abs(ToMm(box.Width) - 42) < 1.5 && Math.Abs(box.Width - box.Height) < 1);
        Assert.Equal(Middle(date), ToMm(ring.Centroid.X), 0.5);
        var (top, foot) = (297 - ToMm(ring.Top), 297 - ToMm(ring.Bottom));
        Assert.InRange(Top(page, name[0]), top, foot);
        Assert.InRange(Top(page, date[0]) + ToMm(16), top, foot);
        // 印章顶端应当上距正文一行之内, and the body's last line is on the same page.
        var lastLine = Body(page).Select(letter => Top(page, letter)).Where(y => y < Top(page, name[0]) - Pitch).Max();
        Assert.InRange(top - (lastLine + (Pitch + ToMm(16)) / 2), 0, Pitch);
    }

    [Fact]
    public void A_long_title_breaks_by_sense_into_lines_of_like_length()
    {
        var model = Samples.Notice with { Title = "重庆市江津区应急管理局关于2026年第三批抢险救援现场技术指挥官拟聘人选名单的公示" };
        using var document = PdfDocument.Open(documents.Render(model, "notice-title").Pdf);

        var lines = document.GetPage(1).Letters.Where(letter => Math.Abs(letter.PointSize - 22) < 0.1)
            .GroupBy(letter => Math.Round(letter.StartBaseLine.Y))
            .Select(line => string.Concat(line.Select(letter => letter.Value))).ToList();

        Assert.Equal(["重庆市江津区应急管理局", "关于2026年第三批抢险救援现场", "技术指挥官拟聘人选名单的公示"], lines);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(13)]
    [InlineData(16)]
    [InlineData(19)]
    public void No_page_has_the_seal_alone(int lines)
    {
        var model = Samples.Notice with
        {
            Paragraphs = [.. Enumerable.Repeat(new string('字', 20), lines + 1)],
            Persons = null,
            Contact = [],
        };

        using var document = PdfDocument.Open(documents.Render(model).Pdf);

        Assert.Contains(Body(document.GetPage(document.NumberOfPages)), letter => letter.Value == "字");
    }

    [Fact]
    public void A_list_over_pages_repeats_its_heading_and_loses_no_row()
    {
        var rows = Enumerable.Range(1, 60).Select(i => (IReadOnlyList<string>)[$"{i}", $"名{i}", "单位", "职称", "专业"]).ToList();
        var model = Samples.Notice with { Persons = Samples.Notice.Persons! with { Rows = rows } };

        using var document = PdfDocument.Open(documents.Render(model, "notice-long").Pdf);

        var texts = document.GetPages().Select(page => string.Concat(page.Letters.Select(letter => letter.Value))).ToList();
        var withRows = texts.Where(text => text.Contains("单位职称专业", StringComparison.Ordinal)).ToList();
        Assert.True(withRows.Count >= 3);
        Assert.All(withRows, text => Assert.Contains("序号姓名工作单位职称专业类别", text, StringComparison.Ordinal));
        Assert.Equal(60, Enumerable.Range(1, 60).Count(i =>
            texts.Any(text => text.Contains($"{i}名{i}单位职称专业", StringComparison.Ordinal))));
    }

    [Fact]
    public void Attachments_are_named_below_the_body_and_begin_their_own_pages()
    {
        var list = Samples.Notice.Persons!;
        var model = Samples.Notice with
        {
            Persons = null,
            Attachments =
            [
                new NoticeAttachment("重庆市江津区抢险救援现场技术指挥官拟聘人选名单（危险化学品、森林火灾扑救专业）", list),
                new NoticeAttachment("异议反映表", list),
            ],
        };

        using var document = PdfDocument.Open(documents.Render(model, "notice-attachments").Pdf);

        var count = document.NumberOfPages;
        Assert.Equal(28 + 2 * Cell, ToMm(Find(document.GetPage(count - 2), "附件：1.")[0].StartBaseLine.X), 0.3);
        for (var i = 1; i <= 2; i++)
        {
            var page = document.GetPage(count - 2 + i);
            var heading = Find(page, $"附件{i}");
            Assert.Equal(28, ToMm(heading[0].StartBaseLine.X), 0.3);
            Assert.Equal(37 + (Pitch - ToMm(16)) / 2, Top(page, heading[0]), 0.3);
            var title = page.Letters.First(letter => Math.Abs(letter.PointSize - 22) < 0.1);
            Assert.Equal(37 + 2 * Pitch + (Pitch - ToMm(22)) / 2, Top(page, title), 0.3);
        }
    }

    [Fact]
    public void The_QR_code_is_drawn_module_by_module_with_its_quiet_zone()
    {
        var page = pdf.GetPage(pdf.NumberOfPages);
        var expected = QrMark.Matrix(Samples.Mark.Url);
        var size = expected.GetLength(0);
        var module = 22.0 / (size + 8);
        var code = page.Paths.Single(path => path.Count > 100);
        var box = code.GetBoundingRectangle()!.Value;
        Assert.Equal(size * module, ToMm(box.Width), 0.1);

        var drawn = new bool[size, size];
        foreach (var bar in code.Select(subpath => subpath.GetBoundingRectangle()!.Value))
        {
            var row = (int)Math.Round(ToMm(box.Top - bar.Top) / module);
            var column = (int)Math.Round(ToMm(bar.Left - box.Left) / module);
            for (var i = 0; i < Math.Round(ToMm(bar.Width) / module); i++)
            {
                drawn[row, column + i] = true;
            }
        }

        Assert.Equal(expected, drawn);
        // Nothing but the code within four modules of it.
        var zone = Units.Mm(4 * module) - 0.5;
        Assert.DoesNotContain(page.Letters, letter =>
            letter.StartBaseLine.X > box.Left - zone - 5 && letter.StartBaseLine.X < box.Right + zone
            && letter.StartBaseLine.Y > box.Bottom - zone && letter.StartBaseLine.Y < box.Top + zone);
    }

    public void Dispose() => pdf.Dispose();

    private static IEnumerable<Letter> Body(Page page) =>
        page.Letters.Where(letter => letter.StartBaseLine.Y > Units.Mm(35) && Math.Abs(letter.PointSize - 16) < 0.1);

    private static List<Letter> Find(Page page, string text, bool last = false)
    {
        var letters = page.Letters.Where(letter => !string.IsNullOrWhiteSpace(letter.Value)).ToList();
        var all = string.Concat(letters.Select(letter => letter.Value));
        var at = last ? all.LastIndexOf(text, StringComparison.Ordinal) : all.IndexOf(text, StringComparison.Ordinal);
        Assert.True(at >= 0, text);
        return letters.GetRange(at, text.Length);
    }

    // The em box's upper edge lies 0.88 of the size above the baseline.
    private static double Top(Page page, Letter letter) =>
        ToMm(page.Height - letter.StartBaseLine.Y) - ToMm(letter.PointSize * 0.88);

    private static double Middle(List<Letter> letters) =>
        ToMm(letters[0].StartBaseLine.X + letters[^1].EndBaseLine.X) / 2;

    private static void Centred(List<Letter> letters) => Assert.Equal(28 + 78, Middle(letters), 0.6);

    private static bool IsRed(Letter letter)
    {
        var (r, g, b) = letter.Color!.ToRGBValues();
        return r > 0.8 && g < 0.1 && b < 0.1;
    }

    /// <summary>Points as millimetres.</summary>
    private static double ToMm(double points) => points * 25.4 / 72;
}
