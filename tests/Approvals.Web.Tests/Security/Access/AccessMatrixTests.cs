using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Approvals.Web.Tests.Finance;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests.Security.Access;

/// <summary>
/// The matrix of docs/security.md — every way in, every role, what is one's own and what is another's — is what the product does. A new
/// endpoint or handler fails here until somebody has written down who may use it.
/// </summary>
public sealed partial class AccessMatrixTests(AccessWorld world) : IClassFixture<AccessWorld>
{
    /// <summary>Where going on to the sign-in page is the answer and no refusal.</summary>
    private static readonly string[] LeadsToSignIn = ["/account/external", "/account/second-factor", "/account/sign-out"];

    /// <summary>
    /// Who may read in full, on a page, in a list, a workbook or a PDF: identity number and telephone of each application, who applied and who
    /// decides; telephone of who objected, who handles it; a bank account, finance. docs/security.md, "Data".
    /// </summary>
    private static readonly (string Number, string[] Columns)[] MayReadInFull =
    [
        (AppointmentThings.Identities.Own, ["applicant", "holder", "unit", "rescue head"]),
        ("13800000001", ["applicant", "holder", "unit", "rescue head"]),
        (AppointmentThings.Identities.Another, ["other applicant", "other section", "objections", "rescue head"]),
        ("13900000002", ["other applicant", "other section", "objections", "rescue head"]),
        ("13700000009", ["objections", "audit"]),
        (FinanceDesk.Cards[0], ["finance", "finance head"]),
    ];

    private readonly List<string> leaks = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_way_in_answers_every_role_as_the_written_matrix_says_and_shows_nobody_else_s_number()
    {
        var written = WrittenMatrix.Read();
        var doors = (await Door.AllAsync(world.App.Services)).SelectMany(door => door.Counterparts()).ToList();
        var found = doors.ToDictionary(door => door.Name, _ => new StringBuilder());
        world.Hold();
        foreach (var (column, user) in AccessWorld.People)
        {
            using var browser = user is null ? world.App.Browser() : await world.App.SignedInAsync(user);
            var token = TokenOf((await browser.GetAsync(user is null ? "/account/sign-in" : "/start")).Text);
            foreach (var door in doors)
                found[door.Name].Append(await TryAsync(browser, column, door, token));
        }

        var actual = found.ToDictionary(row => row.Key, row => row.Value.ToString());
        var differences = actual.Where(row => written.GetValueOrDefault(row.Key) != row.Value)
            .Select(row => $"| {row.Key} | {string.Join(" | ", row.Value.Select(mark => mark.ToString()))} |")
            .Concat(written.Keys.Except(actual.Keys).Select(name => $"no such way in: {name}")).Order(StringComparer.Ordinal).ToList();
        Assert.True(
            differences.Count + leaks.Count == 0,
            $"docs/security.md does not say what happens:\n{string.Join('\n', differences)}\nshown in full to somebody who takes no part:\n{string.Join('\n', leaks)}");
    }

    /// <summary>✔ let in (also when what was sent is wrong), ✘ refused or sent to sign in, ○ there is no such thing for them; ! never stands in the matrix.</summary>
    private async Task<char> TryAsync(Browser browser, string column, Door door, string token)
    {
        using var request = Visits.Of(door, world.Things, token);
        using var answer = await browser.Client.SendAsync(request, Stop);
        var text = ReadableText.Of(await answer.Content.ReadAsByteArrayAsync(Stop), answer.Content.Headers.ContentType?.MediaType);
        leaks.AddRange(MayReadInFull.Where(one => !one.Columns.Contains(column) && text.Contains(one.Number, StringComparison.Ordinal))
            .Select(one => $"{column}: {door.Name}: {one.Number}"));

        return answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => '✘',
            HttpStatusCode.Redirect when answer.Headers.Location!.ToString().Contains("/account/sign-in", StringComparison.Ordinal)
                && !LeadsToSignIn.Contains(door.Pattern) => '✘',
            HttpStatusCode.NotFound => '○',
            >= HttpStatusCode.InternalServerError when !door.Pattern.StartsWith("/error", StringComparison.Ordinal) =>
                '!',
            _ => '✔',
        };
    }

    private static string TokenOf(string page) => Token().Match(page) is { Success: true } found
        ? WebUtility.HtmlDecode(found.Groups["value"].Value)
        : throw new InvalidOperationException("The page has no anti-forgery token.");

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<value>[^\"]+)\"")]
    private static partial Regex Token();
}
