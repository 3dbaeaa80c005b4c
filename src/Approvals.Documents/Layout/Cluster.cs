using System.Globalization;
using System.Text;
using Approvals.Documents.Fonts;

namespace Approvals.Documents.Layout;

/// <summary>What a character means to line breaking (GB/T 15834, 标点占格 and 禁则).</summary>
public enum ClusterKind
{
    /// <summary>A Chinese character or another sign that lines may break around.</summary>
    Ideograph,

    /// <summary>Part of a Latin word or a number.</summary>
    Word,

    /// <summary>A space.</summary>
    Space,

    /// <summary>May not end a line: （《「“〔.</summary>
    Opening,

    /// <summary>May not start a line: 。，、；：？！）》」”〕%.</summary>
    Closing,

    /// <summary>—— and ……: two that may not be parted.</summary>
    Paired,

    /// <summary>A forced line end.</summary>
    Break,
}

/// <summary>A character with its font and width, ready for breaking into lines.</summary>
/// <param name="Rune">The character.</param>
/// <param name="Kind">Its class.</param>
/// <param name="Style">Its style.</param>
/// <param name="Face">Its font.</param>
/// <param name="Advance">Room it takes on the line, in points.</param>
/// <param name="Inset">Where in that room the glyph's own box starts.</param>
/// <param name="Squeeze">How much of the room is white and may be given up: half of a full-width mark.</param>
public readonly record struct Cluster(
    Rune Rune, ClusterKind Kind, TextStyle Style, FontFace Face, float Advance, float Inset, float Squeeze)
{
    private const string Opening = "（《「『【〔〈“‘｛［([{＄￥$¥〖";
    private const string Closing = "。，、；：？！）》」』】〕〉”’％‰℃％｝］〗·～－–,.;:?!)]}%°／/";

    /// <summary>The class of a character.</summary>
    public static ClusterKind Classify(Rune rune)
    {
        if (rune.Value == '\n')
        {
            return ClusterKind.Break;
        }

        if (rune.Value is ' ' or 0x3000)
        {
            return ClusterKind.Space;
        }

        if (rune.Value is '—' or '…' or '―')
        {
            return ClusterKind.Paired;
        }

        if (rune.IsBmp && Opening.Contains((char)rune.Value))
        {
            return ClusterKind.Opening;
        }

        if (rune.IsBmp && Closing.Contains((char)rune.Value))
        {
            return ClusterKind.Closing;
        }

        return rune.Value < 0x2E80 && Rune.GetUnicodeCategory(rune) is not UnicodeCategory.OtherNumber
            ? ClusterKind.Word
            : ClusterKind.Ideograph;
    }
}
