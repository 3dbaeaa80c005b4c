using System.Diagnostics;
using System.Globalization;
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
    private static readonly byte[] Portrait = DrawPortrait();
    private const int Rounds = 40;

    /// <summary>A JSON line for each figure.</summary>
    public static string Run()
    {
        using var fonts = FontLibrary.Load();
        var ours = new DocumentRenderer(fonts);
        var whole = new DocumentRenderer(fonts, new WholeFontRenderer());
        (string Name, Func<int, IDocumentModel> Model)[] documents =
            [("certificate", Certificate), ("notice", Notice), ("card", Card), ("notice.120", Payees)];
        return string.Join('\n', documents.Select(one =>
        {
            var (subset, reference) = (Measure(ours, one.Model, Rounds), Measure(whole, one.Model, 2));
            return Figure.Line(
                $"pdf.{one.Name}", subset.CpuMs, "ms CPU", reference.CpuMs,
                string.Create(CultureInfo.InvariantCulture, $"limit 30 ms, 150 KB; {subset.Kb:0} KB, {subset.Pages} pages; wall {subset.WallMs:0.0} ms; reference: the same pages with whole fonts, {reference.Kb:0} KB; {MachineLoad.Note}"));
        }));
    }

    private static (double CpuMs, double WallMs, double Kb, int Pages) Measure(DocumentRenderer renderer, Func<int, IDocumentModel> model, int rounds)
    {
        for (var i = 0; i < Math.Min(rounds, 10); i++)
            renderer.Render(model(1000 + i));
        var (bytes, pages, before, clock) = (0L, 0, Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        for (var i = 0; i < rounds; i++)
        {
            var document = renderer.Render(model(i));
            bytes += document.Pdf.Length;
            pages = document.Pages;
        }

        var cpu = Environment.CpuUsage.TotalTime - before;
        return (cpu.TotalMilliseconds / rounds, clock.Elapsed.TotalMilliseconds / rounds, bytes / 1024.0 / rounds, pages);
    }

    private static WorkIdCardModel Card(int i) => new()
    {
        Title = "抢险救援现场技术指挥官工作证",
        Authority = "重庆市江津区应急管理局",
        Name = Name(i),
        Specialty = "危险化学品",
        Number = string.Create(CultureInfo.InvariantCulture, $"渝江技指证〔2026〕{i:0000}号"),
        Validity = "2026年11月22日至2031年11月21日",
        Notes = ["本证限持证人执行任务时出示，不得转借、涂改。", "解聘或者资格取消的，应当主动交回本证。", "拾到本证请交回发证机关。"],
        Photo = Portrait,
        Verification = new VerificationMark("https://yingji.example.cn/v/8F3K-27QD-X9M4", "8F3K-27QD-X9M4"),
        Created = Issued,
    };

    /// <summary>As large as a photo is stored: 413 × 579 pixels (1寸 at 400 dpi), JPEG.</summary>
    private static byte[] DrawPortrait()
    {
        using var surface = SKSurface.Create(new SKImageInfo(413, 579));
        using var paint = new SKPaint();
        for (var y = 0; y < 579; y += 3)
        {
            paint.Color = SKColor.FromHsv(y % 360, 30 + y % 40, 60 + y % 37);
            surface.Canvas.DrawRect(0, y, 413, 3, paint);
        }

        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Jpeg, 85);
        return data.ToArray();
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
