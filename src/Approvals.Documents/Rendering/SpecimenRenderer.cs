using System.Text;
using Approvals.Documents.Fonts;
using Approvals.Documents.Pages;

namespace Approvals.Documents.Rendering;

/// <summary>
/// Marks every page as a specimen (样张) before another engine draws it: a seal and a number on the sheet prove nothing then. The words run
/// across the page in ink that hides no print and are not in the text layer.
/// </summary>
/// <param name="inner">Engine that draws.</param>
/// <param name="fonts">Fonts.</param>
/// <param name="words">What is written across, e.g. 试运行样张.</param>
public sealed class SpecimenRenderer(IPdfRenderer inner, FontLibrary fonts, string words) : IPdfRenderer
{
    private const float Degrees = -30;

    private static readonly Rgb Ink = new(245, 212, 212);

    /// <inheritdoc />
    public byte[] Render(PagedDocument document) => inner.Render(document with { Pages = [.. document.Pages.Select(Marked)] });

    private Page Marked(Page page)
    {
        var letters = words.EnumerateRunes().ToList();
        var (cos, sin) = (MathF.Cos(Degrees * MathF.PI / 180), MathF.Sin(Degrees * MathF.PI / 180));
        var step = 0.8f * Math.Min(page.Width / cos, page.Height / -sin) / letters.Count;
        var size = Math.Min(step * 0.9f, Math.Min(page.Width, page.Height) * 0.2f);
        step = Math.Min(step, size * 1.25f);
        var marks = letters.Select((letter, index) =>
        {
            var along = (index - ((letters.Count - 1) / 2f)) * step;
            return Mark(letter, size, (page.Width / 2) + (along * cos), (page.Height / 2) + (along * sin));
        });
        return page with { Items = [.. page.Items, .. marks.OfType<PageItem>()] };
    }

    /// <summary>The foot lies below the line through the letters' middles, turned as they are.</summary>
    private LetterShape? Mark(Rune letter, float size, float x, float y)
    {
        var foot = size * 0.36f;
        var (cos, sin) = (MathF.Cos(Degrees * MathF.PI / 180), MathF.Sin(Degrees * MathF.PI / 180));
        return fonts.Find(FontRole.Heading, letter) is { } face
            ? new LetterShape(face, size, letter, x - (foot * sin), y + (foot * cos), Degrees, 1, Ink)
            : null;
    }
}
