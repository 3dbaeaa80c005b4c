namespace Approvals.Web.Security;

/// <summary>Browser and system in words, enough to recognise one's own telephone and no more.</summary>
internal static class DeviceName
{
    // The order matters: every browser also claims to be the ones it descends from.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("MicroMessenger", "微信"), ("DingTalk", "钉钉"), ("Lark", "飞书"), ("wxwork", "企业微信"), ("Edg", "Edge"), ("OPR", "Opera"),
        ("Firefox", "Firefox"), ("QQBrowser", "QQ 浏览器"), ("360", "360 浏览器"), ("Chrome", "Chrome"), ("Safari", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
        ("Mac OS", "macOS"), ("Linux", "Linux"),
    ];

    /// <summary>The words for a User-Agent header; “未知设备” when it says nothing that is known.</summary>
    public static string Of(string? userAgent)
    {
        var (browser, system) = (Find(Browsers, userAgent), Find(Systems, userAgent));
        return browser is null && system is null ? "未知设备" : string.Join(" · ", new[] { browser, system }.OfType<string>());
    }

    private static string? Find((string Mark, string Name)[] known, string? text) =>
        text is null ? null : known.FirstOrDefault(one => text.Contains(one.Mark, StringComparison.OrdinalIgnoreCase)).Name;
}
