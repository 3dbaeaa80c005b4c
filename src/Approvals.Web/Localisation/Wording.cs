using System.Collections.Concurrent;
using System.Globalization;
using Approvals.Core.Processes;
using Approvals.Core.Regulations;
using Approvals.Web.Diagram;
using Microsoft.Extensions.Options;

namespace Approvals.Web.Localisation;

/// <summary>
/// English for what is said in Chinese elsewhere than in a page: sentences of the use cases, also those stored in the history, and the
/// texts of processes (steps, forms, dictionaries). What has no English stays Chinese. Singleton; a page has it as <c>W</c>.
/// </summary>
public sealed class Wording(IOptions<ProcessOptions> processes)
{
    private const int Kept = 5_000;

    private readonly Lazy<SentenceTable> table = new(() => SentenceTable.Load(processes.Value.FullPath));
    private readonly ConcurrentDictionary<string, string> known = new();

    /// <summary>Whether the reader reads English.</summary>
    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>The words of a diagram.</summary>
    public FlowWords Diagram => IsEnglish ? new FlowWords("en", InEnglish) : FlowWords.Chinese;

    /// <summary>The text in the reader's language; empty for null.</summary>
    public string this[string? chinese] => chinese is null ? "" : IsEnglish ? InEnglish(chinese) : chinese;

    /// <summary>A citation such as <c>T§12.4</c> in full.</summary>
    public string Article(string article) => IsEnglish ? ArticleText.InEnglish(article) : ArticleText.InChinese(article);

    /// <summary>A sentence in English, whatever language the request is in; itself where there is no English.</summary>
    public string InEnglish(string chinese)
    {
        if (known.TryGetValue(chinese, out var english))
        {
            return english;
        }

        if (known.Count >= Kept)
        {
            known.Clear();
        }

        return known[chinese] = table.Value.InEnglish(chinese);
    }
}
