using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Localisation;

/// <summary>Makes localizers whose English agrees with its counts; see <see cref="EnglishCounts"/>. Singleton.</summary>
internal sealed class CountingLocalizerFactory(ResourceManagerStringLocalizerFactory inner) : IStringLocalizerFactory
{
    /// <inheritdoc />
    public IStringLocalizer Create(Type resourceSource) => new CountingLocalizer(inner.Create(resourceSource));

    /// <inheritdoc />
    public IStringLocalizer Create(string baseName, string location) => new CountingLocalizer(inner.Create(baseName, location));

    private sealed class CountingLocalizer(IStringLocalizer texts) : IStringLocalizer
    {
        public LocalizedString this[string name] => texts[name];

        public LocalizedString this[string name, params object[] arguments] => Agreed(texts[name, arguments]);

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => texts.GetAllStrings(includeParentCultures);

        private static LocalizedString Agreed(LocalizedString text) =>
            CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" && EnglishCounts.Agree(text.Value) is var value && value != text.Value
                ? new LocalizedString(text.Name, value, text.ResourceNotFound, text.SearchedLocation)
                : text;
    }
}
