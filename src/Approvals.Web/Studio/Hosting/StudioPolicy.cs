using System.Security.Cryptography;
using System.Text;

namespace Approvals.Web.Studio.Hosting;

/// <summary>
/// Content policy of the pages that hold Studio, as strict as it runs under: WebAssembly may be compiled, its component library writes
/// styles, its code editor starts workers from blobs. Scripts come from us or are named by their hash; nothing comes from outside.
/// </summary>
internal static class StudioPolicy
{
    /// <summary>The few lines that editor and list of runs add to listen for Ctrl+S and Ctrl+R; another version may need others.</summary>
    private const string HotkeyScripts =
        "'sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc=' 'sha256-vu6sQrKXQHR4Yn3FMMihA/9TxxfIXnCxKwvLrTPJ5ts='";

    /// <summary>The policy of a page with this import map, the only script text of ours in it.</summary>
    public static string For(string importMap) =>
        $"default-src 'self'; script-src 'self' 'wasm-unsafe-eval' {HashOf(importMap)} {HotkeyScripts}; style-src 'self' 'unsafe-inline'; " +
        "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; object-src 'none'; " +
        "base-uri 'self'; form-action 'self'; frame-src 'none'; frame-ancestors 'none'";

    private static string HashOf(string script) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";
}
