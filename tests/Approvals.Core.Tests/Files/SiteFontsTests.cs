using Approvals.Core.Files;
using Approvals.Documents.Fonts;
using Microsoft.Extensions.Configuration;

namespace Approvals.Core.Tests.Files;

/// <summary>Which fonts a site's configuration leads to.</summary>
public sealed class SiteFontsTests
{
    [Fact]
    public void WithoutSettingsTheShippedFontsServe()
    {
        var options = SiteFonts.OptionsFrom(Settings());

        Assert.Equal(FontOptions.Default.Folders, options.Folders);
        Assert.Empty(options.Families!);
    }

    [Fact]
    public void TheSitesFolderComesBeforeTheShippedOne()
    {
        var folder = Directory.CreateTempSubdirectory("approvals-fonts-");
        try
        {
            var options = SiteFonts.OptionsFrom(Settings(
                ("Fonts:Folder", folder.FullName), ("Fonts:Families:Body", "仿宋_GB2312"), ("Fonts:Families:title", "方正小标宋简体")));

            Assert.Equal([folder.FullName, .. FontOptions.Default.Folders], options.Folders);
            Assert.Equal("仿宋_GB2312", options.Families![FontRole.Body]);
            Assert.Equal("方正小标宋简体", options.Families[FontRole.Title]);
        }
        finally
        {
            folder.Delete();
        }
    }

    [Theory]
    [InlineData("Fonts:Folder", "/no/such/folder")]
    [InlineData("Fonts:Families:Boddy", "仿宋_GB2312")]
    [InlineData("Fonts:Families:0", "仿宋_GB2312")]
    public void AMistypedSettingIsAFaultThatNamesIt(string key, string value)
    {
        var fault = Assert.Throws<FontException>(() => SiteFonts.OptionsFrom(Settings((key, value))));

        Assert.Contains(key == "Fonts:Folder" ? value : key.Split(':')[^1], fault.Message);
    }

    private static IConfiguration Settings(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value))).Build();
}
