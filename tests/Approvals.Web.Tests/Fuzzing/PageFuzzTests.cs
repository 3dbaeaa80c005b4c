using System.Net;
using System.Text;
using Approvals.Core.Integrity;
using Approvals.Core.Tests.Fuzzing;
using Approvals.Web.Tests.Infrastructure;
using Approvals.Web.Tests.Security.Access;

namespace Approvals.Web.Tests.Fuzzing;

/// <summary>
/// Spoilt forms to every post of every page, by people who are let in, on things that exist: never a 500, and whatever was taken left the
/// records whole. Quick here; ten thousand forms under APPROVALS_PROVE.
/// </summary>
public sealed class PageFuzzTests(AccessWorld world) : IClassFixture<AccessWorld>
{
    private static readonly int Seed = Mutator.FirstSeed;

    /// <summary>What ends the sessions of whoever sends it, and would end the walk.</summary>
    private static readonly string[] LeftOut = ["/account/sign-out", "/profile/sessions", "/error/{code:int=500}"];

    /// <summary>Fields that pages read without binding them.</summary>
    private static readonly string[] Unbound =
    [
        "data.specialty", "data.commandHistory[0].from", "data.commandHistory[99999].from", "data.members[0].name", "data.cuts[0].line", "rate[0].from",
        "rate[0].daily", "remove", "act", "redraw", "addRow", "removeRow", "d:0192f000-0000-7000-8000-000000000000:2026-11-23", "reason:x", "__proto__", "",
    ];

    private static readonly string[] Files = ["file:photo", "file:quotation", "Evidence", "Upload", "files", "result", "file:nowhere"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_spoilt_form_is_answered_in_words_and_nothing_is_left_half_done()
    {
        var before = await ViolationsAsync();
        using var desk = new Desk(world.App);
        var written = WrittenMatrix.Read();
        var doors = (await Door.AllAsync(world.App.Services)).Where(door => door is { Method: "POST", Endpoint: var one }
            && one.Metadata.GetMetadata<Microsoft.AspNetCore.Mvc.RazorPages.PageActionDescriptor>() is not null && !LeftOut.Contains(door.Pattern)).ToList();
        var rounds = Mutator.Rounds(3, 100) * doors.Count;
        var taken = 0;
        for (var round = 0; round < rounds; round++)
        {
            var (door, mutator) = (doors[round % doors.Count], new Mutator(Seed + round));
            var marks = written[door.Name];
            var users = AccessWorld.People.Where((one, index) => one.User is not null && marks[index] != '✘').Select(one => one.User!).ToList();
            if (users.Count == 0)
                continue;
            var browser = await desk.AsAsync(mutator.Pick(users));
            using var request = await SpoiltAsync(browser, door, mutator);
            using var answer = await browser.Client.SendAsync(request, Stop);
            taken += answer.StatusCode == HttpStatusCode.Redirect ? 1 : 0;
            if ((int)answer.StatusCode >= 500)
            {
                Assert.Fail($"seed {Seed + round}: {door.Name}: {(int)answer.StatusCode}\n{await ContentOf(request)}\n{await answer.Content.ReadAsStringAsync(Stop)}");
            }
        }

        Assert.True(taken > 0, "No form was taken: nothing of what follows was tried.");
        Assert.Equal([], (await ViolationsAsync()).Except(before));
    }

    /// <summary>The page's own form where it shows one, else the fields its handler binds; some of them spoilt, left out, doubled or added.</summary>
    private async Task<HttpRequestMessage> SpoiltAsync(Browser browser, Door door, Mutator mutator)
    {
        using var good = Visits.Of(door, world.Things, "");
        var address = good.RequestUri!.ToString();
        var page = await browser.GetAsync(address.Split('?')[0]);
        var marker = door.Handler is null ? "method=\"post\"" : $"handler={door.Handler}";
        List<KeyValuePair<string, string>> fields;
        try
        {
            fields = [.. page.Form(marker).Values];
        }
        catch (InvalidOperationException)
        {
            // The page does not offer it now; somebody who knows the address sends it all the same.
            fields = [.. door.Fields.Where(name => !string.IsNullOrEmpty(name)).Select(name => new KeyValuePair<string, string>(name, mutator.Word()))];
        }

        var token = fields.FirstOrDefault(field => field.Key == "__RequestVerificationToken").Value
            ?? (await browser.GetAsync("/start")).Form("__RequestVerificationToken")["__RequestVerificationToken"]!;
        var spoilt = mutator.Fields(fields, [.. door.Fields.Where(name => !string.IsNullOrEmpty(name)), .. Unbound])
            .Where(field => field.Key != "__RequestVerificationToken").Append(new("__RequestVerificationToken", token)).ToList();
        return new HttpRequestMessage(HttpMethod.Post, address) { Content = Body(spoilt, mutator) };
    }

    private static HttpContent Body(List<KeyValuePair<string, string>> fields, Mutator mutator)
    {
        if (mutator.Seed % 4 != 0)
            return new FormUrlEncodedContent(fields);
        var body = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Where(field => field.Key.Length > 0))
            body.Add(new StringContent(value), $"\"{name.Replace("\"", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)}\"");
        var content = mutator.Bytes(mutator.Seed % 8 == 0 ? Applications.Picture() : Encoding.ASCII.GetBytes("%PDF-1.4\n%%EOF\n"));
        body.Add(new ByteArrayContent(content), mutator.Pick(Files), "扫描件.png");
        return body;
    }

    private static async Task<string> ContentOf(HttpRequestMessage request)
    {
        try
        {
            return await request.Content!.ReadAsStringAsync(Stop);
        }
        catch (ObjectDisposedException)
        {
            return "(sent)";
        }
    }

    private async Task<List<string>> ViolationsAsync() => [.. (await world.App.ServiceAsync<IntegrityCheck, IntegrityReport>(check => check.RunAsync(Stop)))
        .Violations.Select(one => $"{one.Rule}: {one.Subject}: {one.Text}")];
}
