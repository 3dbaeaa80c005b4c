using System.Text;
using Approvals.Documents.Fonts;
using Approvals.Documents.Layout;
using Approvals.Documents.Pages;

namespace Approvals.Documents.Tests;

public sealed class FontLibraryTests(DocumentFixture documents)
{
    [Fact]
    public void Free_fonts_have_the_rare_characters_of_names() =>
        Assert.Empty(documents.Fonts.MissingGlyphs(FontLibrary.NameProbe));

    [Fact]
    public void Characters_no_font_has_are_named_once_and_white_space_is_not_asked_for() =>
        Assert.Equal(["\u13A0", "\U00013000"], documents.Fonts.MissingGlyphs("张\u13A0 镕\U00013000\n\u13A0"));

    [Fact]
    public void A_document_with_holes_is_not_rendered()
    {
        var model = Samples.Card with { Name = "王\U00013000" };

        var fault = Assert.Throws<MissingGlyphException>(() => documents.Renderer.Render(model));

        Assert.Equal(["\U00013000"], fault.Characters);
        Assert.DoesNotContain("王", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_shows_characters_no_font_has_as_missing_sorts()
    {
        var model = Samples.Form with
        {
            Rows = [new([new Templates.FormCell.LongText("同意\U0001F600请审批\U00013000\uE005", 7)])],
        };

        Assert.Contains("同意〓请审批〓〓", DocumentFixture.TextOf(documents.Render(model).Pdf), StringComparison.Ordinal);
    }

    [Fact]
    public void Signs_of_forms_are_in_the_free_fonts() =>
        Assert.Empty(documents.Fonts.MissingGlyphs("□√■×○●〓〔〕《》（）—…·℃№①②③％‰￥—–“”‘’、，。；：？！"));

    [Fact]
    public void A_ticked_box_is_a_box_with_a_tick_in_it()
    {
        var page = new OneParagraph("在岗☑退休☐").Compose(documents.Fonts).Pages[0];

        var item = Assert.IsType<TextItem>(Assert.Single(page.Items));
        Assert.Equal("在岗√□退休□", item.Text);
        Assert.Equal(item.X[3], item.X[2], 4f);
        Assert.Equal(16, item.X[4] - item.X[3], 0.1f);
    }

    [Theory]
    [InlineData("OTTO\0\0\0\0", "CFF")]
    [InlineData("ttcf\0\0\0\0", ".ttc")]
    [InlineData("MZ..........", "不是 TrueType")]
    [InlineData("", "不是字体")]
    public void Fonts_that_are_not_TrueType_are_refused_by_name(string head, string reason)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, "仿宋.ttf"), Encoding.Latin1.GetBytes(head));

        var fault = Assert.Throws<FontException>(() => FontLibrary.Load(new FontOptions([folder.Path])));

        Assert.Contains("仿宋.ttf", fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configured_font_that_is_missing_is_an_error()
    {
        var options = FontOptions.Default with
        {
            Families = new Dictionary<FontRole, string> { [FontRole.Body] = "仿宋_GB2312" },
        };

        Assert.Contains(
            "仿宋_GB2312", Assert.Throws<FontException>(() => FontLibrary.Load(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sites_own_font_is_used_first_and_the_free_ones_fill_its_gaps()
    {
        using var folder = new TemporaryFolder();
        int[] known = [.. "同志公示".Select(c => (int)c)];
        var serif = documents.Fonts[FontRole.Body];
        File.WriteAllBytes(Path.Combine(folder.Path, "仿宋_GB2312.ttf"), serif.Subset(known));
        using var fonts = FontLibrary.Load(new FontOptions(
            [folder.Path, .. FontOptions.Default.Folders],
            new Dictionary<FontRole, string> { [FontRole.Body] = "仿宋_GB2312" }));

        Assert.Equal("仿宋_GB2312", fonts.Find(FontRole.Body, new Rune('同'))!.FileName);
        Assert.NotEqual("仿宋_GB2312", fonts.Find(FontRole.Body, new Rune('镕'))!.FileName);
        var pdf = new DocumentRenderer(fonts).Render(new OneParagraph("张镕同志公示")).Pdf;
        Assert.Equal("张镕同志公示", DocumentFixture.TextOf(pdf));
    }

    [Fact]
    public void Radicals_and_shared_glyphs_come_back_as_characters()
    {
        var pdf = documents.Render(new OneParagraph("\u2F08\u2F00人一二十土工口山日月木水火金見食")).Pdf;

        Assert.Equal("人一人一二十土工口山日月木水火金見食", DocumentFixture.TextOf(pdf));
    }

    [Fact]
    public void One_library_serves_many_threads()
    {
        var expected = documents.Render(Samples.Notice).Sha256;
        var shared = new DocumentRenderer(documents.Fonts);

        var hashes = Enumerable.Range(0, 24).AsParallel().WithDegreeOfParallelism(6)
            .Select(i => i % 3 == 0 ? shared.Render(Samples.Notice).Sha256 : Other(i)).ToList();

        Assert.Equal([expected], hashes.OfType<string>().Distinct());

        string? Other(int i)
        {
            shared.Render(Samples.Card with { Number = $"第{i}号" });
            return null;
        }
    }
}

/// <summary>The smallest document: one paragraph on one page.</summary>
internal sealed record OneParagraph(string Text, float Width = 400) : IDocumentModel
{
    public PagedDocument Compose(FontLibrary fonts) =>
        new DocumentBuilder(fonts, new DocumentInfo("题", "局", Samples.Issued))
            .Pages(
                new PageSetup(Width + 100, 800, 50, 50, 50, 50),
                flow => flow.Text(Text, new TextStyle(FontRole.Body, 16) { Cell = 16 }))
            .Build();
}

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("approvals-fonts").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
