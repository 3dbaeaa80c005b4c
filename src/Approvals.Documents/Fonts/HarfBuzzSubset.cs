using System.Runtime.InteropServices;

namespace Approvals.Documents.Fonts;

/// <summary>
/// The subsetting half of HarfBuzz. libHarfBuzzSharp exports it, HarfBuzzSharp has no managed wrapper for it. Without it Skia
/// embeds whole fonts (23–46 MB a page) and maps shared glyphs back to radicals (⼈ for 人).
/// </summary>
internal static partial class HarfBuzzSubset
{
    private const string Library = "libHarfBuzzSharp";
    private const int NoHinting = 0x1;
    private const int NoLayoutClosure = 0x200;
    private const int DropTableSet = 3;

    // Layout features and vertical metrics are of no use to a renderer that places every glyph itself.
    private static readonly uint[] Dropped =
        [.. new[] { "GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "STAT", "DSIG", "VORG", "meta" }.Select(Tag)];

    /// <summary>A font file that holds only the glyphs of the given code points, and a cmap of only these.</summary>
    public static unsafe byte[] Create(nint face, ReadOnlySpan<int> codePoints)
    {
        var input = hb_subset_input_create_or_fail();
        if (input == 0)
        {
            throw new OutOfMemoryException("hb_subset_input_create_or_fail");
        }

        nint subset = 0, blob = 0;
        try
        {
            hb_subset_input_set_flags(input, NoHinting | NoLayoutClosure);
            var unicodes = hb_subset_input_unicode_set(input);
            foreach (var codePoint in codePoints)
            {
                hb_set_add(unicodes, (uint)codePoint);
            }

            var dropped = hb_subset_input_set(input, DropTableSet);
            foreach (var tag in Dropped)
            {
                hb_set_add(dropped, tag);
            }

            subset = hb_subset_or_fail(face, input);
            if (subset == 0)
            {
                throw new FontException("HarfBuzz 无法生成字体子集");
            }

            blob = hb_face_reference_blob(subset);
            var data = hb_blob_get_data(blob, out var length);
            return new ReadOnlySpan<byte>((void*)data, (int)length).ToArray();
        }
        finally
        {
            hb_blob_destroy(blob);
            hb_face_destroy(subset);
            hb_subset_input_destroy(input);
        }
    }

    private static uint Tag(string name) => (uint)(name[0] << 24 | name[1] << 16 | name[2] << 8 | name[3]);

    [LibraryImport(Library)]
    private static partial nint hb_subset_input_create_or_fail();

    [LibraryImport(Library)]
    private static partial void hb_subset_input_destroy(nint input);

    [LibraryImport(Library)]
    private static partial void hb_subset_input_set_flags(nint input, int flags);

    [LibraryImport(Library)]
    private static partial nint hb_subset_input_unicode_set(nint input);

    [LibraryImport(Library)]
    private static partial nint hb_subset_input_set(nint input, int setType);

    [LibraryImport(Library)]
    private static partial nint hb_subset_or_fail(nint face, nint input);

    [LibraryImport(Library)]
    private static partial void hb_set_add(nint set, uint value);

    [LibraryImport(Library)]
    private static partial nint hb_face_reference_blob(nint face);

    [LibraryImport(Library)]
    private static partial void hb_face_destroy(nint face);

    [LibraryImport(Library)]
    private static partial nint hb_blob_get_data(nint blob, out uint length);

    [LibraryImport(Library)]
    private static partial void hb_blob_destroy(nint blob);
}
