using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Approvals.Web.Localisation;
using Approvals.Web.Resources;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Tests.Localisation;

public sealed partial class EnglishCountsTests
{
    /// <summary>Words in s behind a place that are verbs and the like.</summary>
    private static readonly string[] NotCounted =
    [
        "is", "was", "has", "does", "asks", "as", "becomes", "claims", "counts", "ends", "follows", "holds", "ms", "needs", "others", "reminds", "repeats",
        "stands", "waits",
    ];

    [Theory]
    [InlineData("1 lines are stopped for the account", "1 line is stopped for the account")]
    [InlineData("2 lines are stopped for the account", "2 lines are stopped for the account")]
    [InlineData("21 lines are stopped", "21 lines are stopped")]
    [InlineData("1 approved entitlements are in no packet yet, 350.00 yuan in all.", "1 approved entitlement is in no packet yet, 350.00 yuan in all.")]
    [InlineData("1 findings do not pass", "1 finding does not pass")]
    [InlineData("1 accounts wait to be verified", "1 account waits to be verified")]
    [InlineData("yuan, 1 payees, 1 entitlements", "yuan, 1 payee, 1 entitlement")]
    [InlineData("Apply the 1 matches", "Apply the 1 match")]
    [InlineData("The audit chain is intact: 1 entries, 1 signed checkpoints compared.", "The audit chain is intact: 1 entry, 1 signed checkpoint compared.")]
    [InlineData("0 days off, 1 make-up working days.", "0 days off, 1 make-up working day.")]
    [InlineData("Purchase JZBX-1 for 1 people has started", "Purchase JZBX-1 for 1 person has started")]
    [InlineData("Version 1 of “a” has 1 cases (with drafts) and cannot be deleted.", "Version 1 of “a” has 1 case (with drafts) and cannot be deleted.")]
    [InlineData("It ran on 2026-01-1 days ago", "It ran on 2026-01-1 days ago")]
    [InlineData("1.1 years, 0.1 days", "1.1 years, 0.1 days")]
    [InlineData("Version 1 is published", "Version 1 is published")]
    [InlineData("1 does as 2 wants", "1 does as 2 wants")]
    [InlineData("Row 1 claims CNY 2", "Row 1 claims CNY 2")]
    [InlineData("Row 1 matches 1 rows", "Row 1 matches 1 row")]
    public void What_is_counted_agrees_with_a_count_of_one(string text, string expected) => Assert.Equal(expected, EnglishCounts.Agree(text));

    /// <summary>Whatever is counted in a text of ours is known: with ones in all its places nothing is left in the plural.</summary>
    [Fact]
    public void Every_text_of_ours_agrees_with_counts_of_one()
    {
        var texts = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Approvals.Web", "Resources"), "*.en.resx")
            .SelectMany(file => XDocument.Load(file).Root!.Elements("data").Select(data => data.Element("value")!.Value)).ToList();
        var left = texts.Select(text => EnglishCounts.Agree(Place().Replace(text, "1")))
            .Where(text => Plurals().Matches(text).Any(match => !NotCounted.Contains(match.Groups["word"].Value)));

        Assert.True(texts.Count > 1_500, $"Only {texts.Count} texts were found.");
        Assert.Empty(left);
    }

    [Fact]
    public async Task The_texts_of_pages_do_so_in_English_and_stay_as_they_are_in_Chinese()
    {
        await using var app = new TestApp { RunsJobs = false };
        using var browser = app.Browser();
        var texts = app.Services.GetRequiredService<IStringLocalizer<FinanceTexts>>();
        Assert.Equal(("1 line", "2 lines", "1 笔"), (In("en", 1), In("en", 2), In("zh-CN", 1)));

        string In(string language, int count)
        {
            var before = CultureInfo.CurrentUICulture;
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            var text = texts["{0} 笔", count].Value;
            CultureInfo.CurrentUICulture = before;
            return text;
        }
    }

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"(?<![\d.,:\-–/])1 (?:[a-z-]+ )?(?<word>[a-z]+s)\b")]
    private static partial Regex Plurals();
}
