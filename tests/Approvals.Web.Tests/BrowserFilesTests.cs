using System.Text.RegularExpressions;
using Approvals.Web.Pages.Shared;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests;

/// <summary>What the build copies from npm packages for browsers and documents (docs/decisions/0001).</summary>
public sealed partial class BrowserFilesTests
{
    [Theory]
    [InlineData("tabler/tabler.min.css")]
    [InlineData("tabler/icons.css")]
    [InlineData("signature_pad/signature_pad.umd.min.js")]
    public void The_build_brings_each_browser_file(string path) =>
        Assert.True(new FileInfo(Path.Combine(LibFolder(), path)).Length > 10_000);

    [Fact]
    public void Every_icon_of_the_navigation_and_of_a_judged_certificate_is_drawn()
    {
        var sheet = File.ReadAllText(Path.Combine(LibFolder(), "tabler", "icons.css"));
        var icons = Navigation.Main.Concat(Navigation.More).Select(link => link.Icon)
            .Concat(["circle-check", "circle-x", "alert-triangle", "file-type-pdf", "file", "edit", "eye"]);
        Assert.All(icons, icon => Assert.Contains($".ti-{icon}{{", sheet, StringComparison.Ordinal));
    }

    [Fact]
    public void Style_sheets_load_nothing_from_outside()
    {
        var sheets = Directory.GetFiles(LibFolder(), "*.css", SearchOption.AllDirectories);

        Assert.NotEmpty(sheets);
        Assert.All(sheets, sheet => Assert.Empty(OutsideReference().Matches(File.ReadAllText(sheet))));
    }

    [Theory]
    [InlineData("NotoSerifSC_400Regular.ttf")]
    [InlineData("NotoSerifSC_700Bold.ttf")]
    [InlineData("NotoSansSC_400Regular.ttf")]
    [InlineData("NotoSansSC_700Bold.ttf")]
    public void The_document_fonts_stand_beside_the_program(string font) =>
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "fonts", font)));

    [GeneratedRegex("""(@import\s*(url\()?|url\()\s*["']?\s*(https?:)?//""", RegexOptions.IgnoreCase)]
    private static partial Regex OutsideReference();

    private static string LibFolder() => Path.Combine(Repository.Root, "src", "Approvals.Web", "wwwroot", "lib");
}
