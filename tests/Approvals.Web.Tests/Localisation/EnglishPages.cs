using System.Net;
using System.Text.RegularExpressions;
using Approvals.Core.Organisation;
using Approvals.Core.Regulations;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Localisation;

/// <summary>Reads pages in English and finds what is still Chinese, apart from what people and offices are called and have written.</summary>
public sealed partial class EnglishPages(TestApp app)
{
    /// <summary>Chinese that an English page has to quote: the other language, what a file or a signature says, an example of a number.</summary>
    private static readonly string[] Quotations = ["中文", "休 (holiday)", "班 (make-up", "“substitute 代 you”", "江应急聘〔2026〕第0001号"];

    private string[] written = [];

    /// <summary>Reads again what people have written, after something has happened.</summary>
    public async Task ReadDataAsync() => written = await app.DatabaseAsync(async db =>
    {
        List<string?> texts =
        [
            .. await db.People.Select(row => row.Name).ToListAsync(),
            .. await db.OrgUnits.Select(row => row.Name).ToListAsync(),
            .. await db.Positions.Select(row => row.Title).ToListAsync(),
            .. await db.Decisions.Select(row => row.Opinion).ToListAsync(),
            .. await db.Attachments.Select(row => row.FileName).ToListAsync(),
            .. (await db.Objections.ToListAsync()).SelectMany(row => new string?[] { row.Name, row.Content, row.EvidenceFileName, row.Investigation, row.Ruling }),
            .. (await db.Notices.ToListAsync()).SelectMany(row => new string?[] { row.Title, row.Number }),
            .. (await db.Notices.Select(row => row.Body).ToListAsync()).SelectMany(body => body.Split('\n')),
            .. (await db.Documents.ToListAsync()).SelectMany(row => new string?[] { row.Title, row.Number }),
            .. (await db.TrainingSessions.ToListAsync()).SelectMany(row => new string?[] { row.Title, row.Place }),
            .. await db.CalendarDays.Select(row => row.Name).ToListAsync(),
            .. await db.Parameters.Select(row => row.Reason).ToListAsync(),
            .. ParameterDefinition.All.SelectMany(one => new[] { one.Name, one.Unit }).Concat(Roles.All.Select(RoleNames.Of)),
            .. await db.Definitions.Select(row => row.Name).Where(name => name != "技术指挥官聘任").ToListAsync(),
            .. (await db.Cases.Select(row => row.Data).ToListAsync()).SelectMany(Values),
        ];
        return texts.OfType<string>().SelectMany(text => new[] { text, $"{text}的签名" }).Where(text => text.Length > 1).Distinct()
            .OrderByDescending(text => text.Length).ToArray();
    });

    /// <summary>Makes a browser read English from now on.</summary>
    public static void Switch(Browser browser) =>
        browser.Client.DefaultRequestHeaders.Add("Cookie", ".AspNetCore.Culture=c%3Den%7Cuic%3Den");

    /// <summary>The Chinese left on a page, with a little around it.</summary>
    public IReadOnlyList<string> LeftOn(string html)
    {
        var text = Markup().Replace(Hidden().Replace(html, " "), " ");
        text = WebUtility.HtmlDecode($"{text} {string.Join(' ', Spoken().Matches(html).Select(match => match.Groups["text"].Value))}");
        foreach (var quoted in Quotations)
        {
            text = text.Replace(quoted, "", StringComparison.Ordinal);
        }

        foreach (var known in written)
        {
            text = text.Replace(known, "·", StringComparison.Ordinal);
        }

        return [.. Chinese().Matches(text).Select(match => Blank().Replace(match.Value, " ").Trim()).Distinct()];
    }

    private static IEnumerable<string> Values(string json) =>
        Quoted().Matches(Regex.Unescape(json)).Select(match => match.Groups["text"].Value);

    // Drawn for the eye only, or typed by people.
    [GeneratedRegex("<script.*?</script>|<style.*?</style>|<textarea.*?</textarea>|<!--.*?-->|<span[^>]*aria-hidden=\"true\"[^>]*>[^<]*</span>", RegexOptions.Singleline)]
    private static partial Regex Hidden();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Markup();

    [GeneratedRegex("""\s(?:title|alt|placeholder|aria-label|data-phrase|content)="(?<text>[^"]*)" """)]
    private static partial Regex Spoken();

    [GeneratedRegex(@"[^\n]{0,30}[\u3400-\u9fff][^\n]{0,40}")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex("\"(?<text>[^\"]*)\"")]
    private static partial Regex Quoted();
}
