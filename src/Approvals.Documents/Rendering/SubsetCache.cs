using Approvals.Documents.Fonts;
using SkiaSharp;

namespace Approvals.Documents.Rendering;

/// <summary>
/// Subset typefaces by font and glyph set: documents of one kind repeat their words, cards and letters almost entirely.
/// Holds the last few; safe for many threads. Evicted typefaces are left to their finalizer, because another thread may
/// still draw with them.
/// </summary>
internal sealed class SubsetCache(int capacity = 48)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(FontFace, string), LinkedListNode<Entry>> entries = [];
    private readonly LinkedList<Entry> recent = new();

    private sealed record Entry((FontFace, string) Key, SKTypeface Typeface);

    /// <summary>The typeface with the given code points of a font.</summary>
    public SKTypeface Get(FontFace face, SortedSet<int> codePoints)
    {
        var key = (face, string.Concat(codePoints.Select(char.ConvertFromUtf32)));
        lock (gate)
        {
            if (entries.TryGetValue(key, out var known))
            {
                recent.Remove(known);
                recent.AddFirst(known);
                return known.Value.Typeface;
            }
        }

        // Made outside the lock: two threads may both make it, the later one is dropped.
        var made = Create(face, codePoints);
        lock (gate)
        {
            if (entries.TryGetValue(key, out var raced))
            {
                return raced.Value.Typeface;
            }

            entries[key] = recent.AddFirst(new Entry(key, made));
            if (recent.Count > capacity)
            {
                entries.Remove(recent.Last!.Value.Key);
                recent.RemoveLast();
            }

            return made;
        }
    }

    private static SKTypeface Create(FontFace face, SortedSet<int> codePoints)
    {
        using var data = SKData.CreateCopy(face.Subset([.. codePoints]));
        return SKTypeface.FromData(data) ?? throw new FontException($"字体 {face.FileName} 的子集无法读取");
    }
}
