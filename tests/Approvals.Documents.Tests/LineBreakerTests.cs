using Approvals.Documents.Fonts;
using Approvals.Documents.Layout;
using CsCheck;

namespace Approvals.Documents.Tests;

public sealed class LineBreakerTests(DocumentFixture documents)
{
    private static readonly TextStyle Style = new(FontRole.Body, 10) { Cell = 10 };

    [Theory]
    [InlineData("一二三四五六七八九十", 5, "一二三四五|六七八九十")]
    [InlineData("一二三四五六。七八", 6, "一二三四五|六。七八")]
    [InlineData("一，三四五六。七八", 6, "一，三四五六。|七八")]
    [InlineData("一二三四（六七）八", 5, "一二三四|（六七）八")]
    [InlineData("一二三《五》六七八", 5, "一二三《五》|六七八")]
    [InlineData("一二三四——六七", 5, "一二三四|——六七")]
    [InlineData("一二三四2026年五", 5, "一二三四|2026年五")]
    [InlineData("一二三四86%五六", 5, "一二三四|86%五六")]
    [InlineData("一二\n三四五六七", 5, "一二|三四五六七")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 5, null)]
    public void Lines_break_by_the_rules(string text, int cells, string? expected)
    {
        var lines = Break(text, cells);

        Assert.Equal(text.Replace("\n", "", StringComparison.Ordinal), string.Concat(lines));
        if (expected is not null)
        {
            Assert.Equal(expected.Split('|'), lines);
        }
    }

    [Fact]
    public void No_text_is_lost_and_no_line_starts_or_ends_with_a_forbidden_mark()
    {
        const string Alphabet = "一二三人民，。、；：）》”（《“2026年abc ·—…%";
        Gen.Char[Alphabet].Array[0, 120].Select(Gen.Int[6, 30]).Sample(sample =>
        {
            var (characters, cells) = sample;
            // Runs of marks longer than a line have no lawful break; real text has none.
            var text = Thin(characters);
            var lines = Break(text, cells);
            Assert.Equal(
                text.Replace(" ", "", StringComparison.Ordinal),
                string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
            Assert.DoesNotContain(lines.Skip(1), line => line.Length > 0 && "，。、；：）》”%·".Contains(line[0]));
            Assert.DoesNotContain(lines.SkipLast(1), line => line.Length > 0 && "（《“".Contains(line[^1]));
        });
    }

    private static string Thin(char[] characters)
    {
        var text = "";
        foreach (var c in characters)
        {
            // At most a character every three is free of 一二三人民, so that every line has a lawful break.
            text += "一二三人民年".Contains(c) ? c : $"民人{c}一民";
        }

        return text;
    }

    private List<string> Break(string text, int cells)
    {
        var clusters = new Typesetter(documents.Fonts).Shape([new TextSpan(text, Style)]);
        return [.. LineBreaker.Break(clusters, cells * 10, cells * 10)
            .Select(line => string.Concat(clusters[line.Start..line.End].Select(cluster => cluster.Rune.ToString())))];
    }
}
