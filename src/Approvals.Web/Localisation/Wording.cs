using System.Collections.Concurrent;
using System.Globalization;
using Approvals.Core.Designer;
using Approvals.Core.Processes;
using Approvals.Core.Regulations;
using Approvals.Web.Diagram;
using Approvals.Web.Resources;
using Microsoft.Extensions.Options;

namespace Approvals.Web.Localisation;

/// <summary>
/// English for what is said in Chinese elsewhere than in a page: sentences of the use cases, also those stored in the history, and the
/// texts of processes (steps, forms, dictionaries). What has no English stays Chinese. Singleton; a page has it as <c>W</c>.
/// </summary>
public sealed class Wording(IOptions<ProcessOptions> processes)
{
    private const int Kept = 5_000;

    private readonly Memory said = new(() => SentenceTable.Load(processes.Value.FullPath, typeof(SaidTexts), typeof(DesigningTexts)));
    private readonly Memory designed =
        new(() => SentenceTable.Load(processes.Value.FullPath, typeof(DesignerTexts), typeof(DesigningTexts), typeof(SaidTexts)));

    /// <summary>Whether the reader reads English.</summary>
    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>The words of a diagram.</summary>
    public FlowWords Diagram => IsEnglish ? new FlowWords("en", InEnglish) : FlowWords.Chinese;

    /// <summary>The words of the designer's toolbox and panels: those of its own first, then those of everybody.</summary>
    public DesignerWords Designer => IsEnglish ? new DesignerWords("en", designed.InEnglish) : DesignerWords.Chinese;

    /// <summary>The text in the reader's language; empty for null.</summary>
    public string this[string? chinese] => chinese is null ? "" : IsEnglish ? InEnglish(chinese) : chinese;

    /// <summary>A citation such as <c>T§12.4</c> in full.</summary>
    public string Article(string article) => IsEnglish ? ArticleText.InEnglish(article) : ArticleText.InChinese(article);

    /// <summary>A sentence in English, whatever language the request is in; itself where there is no English.</summary>
    public string InEnglish(string chinese) => said.InEnglish(chinese);

    /// <summary>A table, and what was found in it: sentences come again and again.</summary>
    private sealed class Memory(Func<SentenceTable> load)
    {
        private readonly Lazy<SentenceTable> table = new(load);
        private readonly ConcurrentDictionary<string, string> known = new();

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
}
