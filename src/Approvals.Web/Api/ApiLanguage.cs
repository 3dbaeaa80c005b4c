namespace Approvals.Web.Api;

/// <summary>Language of an API answer: Chinese unless the caller asks for English.</summary>
internal static class ApiLanguage
{
    /// <summary>What <c>Accept-Language</c> asks for: the best-liked of Chinese and English.</summary>
    public static string Asked(HttpContext context)
    {
        var best = context.Request.GetTypedHeaders().AcceptLanguage
            .Where(one => IsChinese(one.Value.Value) || IsEnglish(one.Value.Value))
            .MaxBy(one => one.Quality ?? 1);
        return IsEnglish(best?.Value.Value) ? "en" : "zh-CN";
    }

    private static bool IsChinese(string? tag) => tag?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsEnglish(string? tag) => tag?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true;
}
