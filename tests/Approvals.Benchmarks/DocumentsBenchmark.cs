using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Approvals.Documents;
using Approvals.Documents.Fonts;
using Approvals.Documents.Graphics;
using Approvals.Documents.Pages;
using Approvals.Documents.Rendering;
using Approvals.Documents.Templates;
using SkiaSharp;

namespace Approvals.Benchmarks;

/// <summary>
/// Cost of a document, warm: CPU milliseconds and KB, each time with another name and number so that no subset is found in
/// the cache; beside it the same pages drawn by SkiaSharp with whole fonts.
/// </summary>
public static class DocumentsBenchmark
{
    private static readonly DateTimeOffset Issued = new(2026, 11, 22, 1, 30, 0, TimeSpan.Zero);
    private static readonly Seal Seal = new("重庆市江津区应急管理局");

    /// <summary>One JSON line.</summary>
    public static string Run(int rounds = 40)
    {
        var load = Stopwatch.StartNew();
        using var fonts = FontLibrary.Load();
        load.Stop();
        var ours = new DocumentRenderer(fonts);
        var whole = new DocumentRenderer(fonts, new WholeFontRenderer());
        Func<int, IDocumentModel>[] models = [Certificate, Notice, Payees];
        var figures = models.ToDictionary(
            model => model.Method.Name.ToLowerInvariant(),
            model => new { subset = Measure(ours, model, rounds), wholeFonts = Measure(whole, model, 2) });
        return JsonSerializer.Serialize(new { benchmark = "documents", loadFontsMs = load.ElapsedMilliseconds, figures });
    }

    private static object Measure(DocumentRenderer renderer, Func<int, IDocumentModel> model, int rounds)
    {
        for (var i = 0; i < Math.Min(rounds, 5); i++)
        {
            renderer.Render(model(1000 + i));
        }

        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var bytes = 0L;
        var pages = 0;
        for (var i = 0; i < rounds; i++)
        {
            var document = renderer.Render(model(i));
            bytes += document.Pdf.Length;
            pages = document.Pages;
        }

        process.Refresh();
        var cpu = process.TotalProcessorTime - before;
        return new
        {
            cpuMs = Math.Round(cpu.TotalMilliseconds / rounds, 1),
            kb = Math.Round(bytes / 1024.0 / rounds, 0),
            pages,
        };
    }

    private static AppointmentCertificateModel Certificate(int i) => new()
    {
        Number = string.Create(CultureInfo.InvariantCulture, $"渝江技指聘〔2026〕{i:0000}号"),
        Holder = Name(i),
        Statement = $"兹聘任{Name(i)}同志为重庆市江津区抢险救援现场技术指挥官。",
        Details = ["身份证号码：500224********1234", "专业类别：危险化学品"],
        Validity = "聘期五年：自2026年11月22日至2031年11月21日",
        Basis = "依据：《重庆市抢险救援现场技术指挥官管理办法（试行）》第十五条",
        Authority = "重庆市江津区应急管理局",
        Date = "2026年11月22日",
        Seal = Seal,
        Verification = new VerificationMark("https://yingji.example.cn/v/8F3K-27QD-X9M4", "8F3K-27QD-X9M4"),
        Created = Issued,
    };

    private static PublicNoticeModel Notice(int i) => Notice(i, 5);

    private static PublicNoticeModel Payees(int i) => Notice(i, 120);

    private static PublicNoticeModel Notice(int i, int persons) => new()
    {
        Letterhead = "重庆市江津区应急管理局文件",
        Authority = "重庆市江津区应急管理局",
        Number = string.Create(CultureInfo.InvariantCulture, $"江应急〔2026〕{i}号"),
        Title = "重庆市江津区应急管理局\n关于抢险救援现场技术指挥官拟聘人选的公示",
        Paragraphs =
        [
            "根据《重庆市抢险救援现场技术指挥官管理办法（试行）》，经个人申请、单位推荐、资格审查、培训考核，现将拟聘人选予以公示。",
            "一、公示时间", "2026年11月23日至2026年11月27日（5个工作日）。", "二、拟聘人选",
        ],
        Persons = new ListTable(
            [("序号", 1), ("姓名", 2), ("工作单位", 5), ("专业类别", 2)],
            [.. Enumerable.Range(1, persons).Select(n => (IReadOnlyList<string>)
                [$"{n}", Name(i + n), "重庆市江津区消防救援支队", "危险化学品"])]),
        Contact = ["三、异议反映", "公示期间，任何单位和个人对公示人选有异议的，可以书面形式实名向我局反映，并提供必要的证明材料。"],
        Date = "2026年11月22日",
        Seal = Seal,
        Verification = new VerificationMark("https://yingji.example.cn/v/8F3K-27QD-X9M4", "8F3K-27QD-X9M4"),
        Created = Issued,
    };

    // Characters walk through the common block, so that names differ from document to document.
    private static string Name(int i) => $"张{(char)('一' + i * 37 % 20000)}{(char)('一' + i * 101 % 20000)}";

    /// <summary>What SkiaSharp does when it is handed the font files: every page carries them whole.</summary>
    private sealed class WholeFontRenderer : IPdfRenderer
    {
        public byte[] Render(PagedDocument document)
        {
            var typefaces = new Dictionary<FontFace, SKTypeface>();
            using var buffer = new MemoryStream();
            using (var pdf = SKDocument.CreatePdf(buffer))
            {
                foreach (var page in document.Pages)
                {
                    var canvas = pdf.BeginPage(page.Width, page.Height);
                    foreach (var item in page.Items.OfType<TextItem>())
                    {
                        var typeface = typefaces.TryGetValue(item.Face, out var known)
                            ? known
                            : typefaces[item.Face] = SKTypeface.FromFile(item.Face.Path);
                        using var font = new SKFont(typeface, item.Size);
                        using var paint = new SKPaint();
                        using var builder = new SKTextBlobBuilder();
                        builder.AddHorizontalRun(font.GetGlyphs(item.Text), font, [.. item.X], item.Baseline);
                        using var blob = builder.Build();
                        canvas.DrawText(blob, 0, 0, paint);
                    }

                    pdf.EndPage();
                }

                pdf.Close();
            }

            foreach (var typeface in typefaces.Values)
            {
                typeface.Dispose();
            }

            return buffer.ToArray();
        }
    }
}
