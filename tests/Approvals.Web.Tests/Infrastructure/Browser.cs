using System.Net;

namespace Approvals.Web.Tests.Infrastructure;

/// <summary>An answer with its text.</summary>
/// <param name="Status">Status code.</param>
/// <param name="Text">Body.</param>
/// <param name="Address">Path and query it came from.</param>
/// <param name="Message">Headers and the rest.</param>
public sealed record Page(HttpStatusCode Status, string Text, string Address, HttpResponseMessage Message)
{
    /// <summary>Where it sends on to; null when it does not.</summary>
    public string? Location => Message.Headers.Location?.ToString();

    /// <summary>A form of the page; see <see cref="HtmlForm.Find"/>.</summary>
    public HtmlForm Form(string marker) => HtmlForm.Find(Text, Address, marker);
}

/// <summary>What people do with a browser: read pages, fill in forms, follow redirects. Cookies are kept.</summary>
public sealed class Browser(HttpClient client) : IDisposable
{
    /// <summary>The client below, for headers and other methods.</summary>
    public HttpClient Client => client;

    /// <summary>Reads a page, without following a redirect.</summary>
    public async Task<Page> GetAsync(string address) => await PageOf(await client.GetAsync(address), address);

    /// <summary>Sends a form as it is, without following a redirect.</summary>
    public async Task<Page> PostAsync(HtmlForm form) =>
        await PageOf(await client.PostAsync(form.Action, new FormUrlEncodedContent(form.Values)), form.Action);

    /// <summary>Sends a form with a file, as a multipart form.</summary>
    public async Task<Page> PostAsync(HtmlForm form, string fileField, string fileName, byte[] content)
    {
        using var body = new MultipartFormDataContent();
        foreach (var (name, value) in form.Values)
        {
            body.Add(new StringContent(value), name);
        }

        body.Add(new ByteArrayContent(content), fileField, fileName);
        return await PageOf(await client.PostAsync(form.Action, body), form.Action);
    }

    /// <summary>Sends a form and reads the page it leads to.</summary>
    public async Task<Page> SubmitAsync(HtmlForm form) => await FollowAsync(await PostAsync(form));

    /// <summary>Follows redirects to a page.</summary>
    public async Task<Page> FollowAsync(Page page)
    {
        while (page.Location is { } location)
        {
            page = await GetAsync(location);
        }

        return page;
    }

    /// <inheritdoc />
    public void Dispose() => client.Dispose();

    private static async Task<Page> PageOf(HttpResponseMessage answer, string address) =>
        new(answer.StatusCode, await answer.Content.ReadAsStringAsync(), address, answer);
}
