using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Approvals.Core.Tests.Architecture;

/// <summary>
/// What is dangerous by nature stands nowhere in the product's sources but in the places named here. A new place fails until
/// somebody has looked at it and added it; docs/security.md takes these tests as evidence that there is no such thing.
/// </summary>
public sealed class DangerousPlacesTests
{
    private static readonly string Sources = SourceFolder();

    [Theory]
    [InlineData(@"\bProcess\.Start\(|\bProcessStartInfo\b")]
    [InlineData(@"\bLdapConnection\b|\bDirectorySearcher\b|\bDirectoryEntry\b")]
    public void NoCommandIsStartedAndNoDirectoryAsked(string pattern) => Only(pattern, "*.cs");

    [Fact]
    public void NoXmlIsReadButTheKeysThatWereWrittenHere() => Only(
        @"\b(XmlReader|XmlDocument|XDocument|XmlSerializer|XPath\w+|XslCompiledTransform)\b|\bXElement\.(Parse|Load)\(",
        "*.cs",
        "KeyFileEncryption.cs", "KeyProtection.cs");

    [Fact]
    public void NothingSaysWhichTypeIsRead() => Only(
        @"\b(BinaryFormatter|TypeNameHandling|NetDataContractSerializer|LosFormatter|JavaScriptSerializer)\b|\bType\.GetType\(",
        "*.cs");

    /// <summary>Forms' patterns, written by process owners, and sentences of ours; neither can take long.</summary>
    [Fact]
    public void PatternsThatAreNotConstantsDoNotBacktrack()
    {
        const string made = @"new Regex\(|\bRegex\.(IsMatch|Match|Matches|Replace|Split)\(";
        Only(made, "*.cs", "FormDefinitionChecks.cs", "FieldChecks.cs", "SampleForm.cs", "SentenceTable.cs");
        Assert.All(Lines(made, "*.cs"), one => Assert.Contains("NonBacktracking", one.Line, StringComparison.Ordinal));
    }

    /// <summary>Drawings of flows, whose words are encoded as they are drawn, the import map, the anti-forgery field.</summary>
    [Fact]
    public void MarkupIsWrittenAsItIsInFourPlaces()
    {
        const string raw = @"Html\.Raw\(|\bHtmlString\b|\bAppendHtml\(|\bMarkupString\b";
        Only(raw, "*.cs", "PostFormTagHelper.cs");
        Only(raw, "*.cshtml", "DryRunResult.cshtml", "_Difference.cshtml", "Index.cshtml", "_Flow.cshtml");
        Assert.Equal(4, Lines(raw, "*.cshtml").Count);
    }

    [Fact]
    public void ScriptsMakeNoMarkupAndNoCode()
    {
        Only(@"\binnerHTML\b", "*.js", "draft.js");
        Assert.Single(Lines(@"\binnerHTML\b", "*.js"));
        Only(@"\bouterHTML\b|\binsertAdjacentHTML\b|\bdocument\.write|\beval\(|\bnew Function\b|__proto__", "*.js");
        Only(@"\bpostMessage\b|addEventListener\('message'|\bnew WebSocket\b|\bEventSource\b", "*.js");
    }

    /// <summary>What is kept in a browser is written down in docs/security.md, "What browsers must be able to do".</summary>
    [Fact]
    public void ScriptsKeepThingsInTheBrowserInTheseFilesOnly() => Only(
        @"\b(localStorage|sessionStorage|indexedDB)\b", "*.js", "draft.js", "kept.js", "site.js", "boot.js", "pending.js");

    [Fact]
    public void NoOtherSiteIsLetIn() => Only(
        @"\bAddCors\b|\bUseCors\b|Access-Control-Allow|\bUseDirectoryBrowser\b|\bUseWebSockets\b", "*.cs");

    [Fact]
    public void NoCertificateIsTakenUnseen() => Only(
        @"ServerCertificate\w*ValidationCallback|DangerousAcceptAny|RemoteCertificateValidationCallback", "*.cs");

    [Fact]
    public void TokensOfTheProviderAreNotKept() => Only(@"\bSaveTokens = true\b", "*.cs");

    [Fact]
    public void OnlyWebhooksCallOutAndTheyFollowNoRedirect()
    {
        Only(@"\bnew HttpClient\(|\bHttpClientHandler\b|\bSocketsHttpHandler\b|\bAddHttpClient\b", "*.cs", "WebhookServices.cs");
        Assert.Single(Lines(@"AllowAutoRedirect = false", "*.cs"));
    }

    /// <summary>A checksum that the PDF standard asks for, and the codes of authenticators by RFC 6238.</summary>
    [Fact]
    public void WeakHashesStandWhereAStandardAsksForThem() => Only(
        @"\b(MD5|SHA1|HMACMD5|HMACSHA1)\b", "*.cs", "PdfPortfolio.cs", "TimeBasedCode.cs");

    [Fact]
    public void CiphersAreAuthenticatedAndKeysAreMadeBySystemRandomness()
    {
        Only(@"\b(DES|TripleDES|RC2|Aes\.Create|CipherMode|RSAEncryptionPadding|RijndaelManaged)\b", "*.cs");
        Only(@"\bAesGcm\(", "*.cs", "AccountVault.cs", "KeyFileEncryption.cs");
        Only(@"\bnew Random\(|\bRandom\.Shared\b", "*.cs");
    }

    /// <summary>Statements written by hand: values go in as parameters, and the text holds names of ours only.</summary>
    [Fact]
    public void StatementsAreWrittenByHandInTheseFilesOnly() => Only(
        @"\b(FromSqlRaw|ExecuteSqlRaw|ExecuteSqlRawAsync|SqlQueryRaw)\b|\.CommandText\s*=", "*.cs",
        "Numbering.cs", "RowInsert.cs", "MigrationTurn.cs", "DatabaseMigrator.cs", "StartTurn.cs", "SnapshotRead.cs",
        "TimerRows.cs", "Sandboxes.cs", "ConnectionSettings.cs");

    [Fact]
    public void UnsafeCodeStandsInOneFile() =>
        Only(@"\bunsafe [a-z]|\[(LibraryImport|DllImport)\b|\bMarshal\.\w+\(", "*.cs", "HarfBuzzSubset.cs");

    private static void Only(string pattern, string files, params string[] places) => Assert.Equal(
        [], Lines(pattern, files).Where(one => !places.Contains(one.File)).Select(one => $"{one.File}: {one.Line.Trim()}"));

    private static List<(string File, string Line)> Lines(string pattern, string files) =>
        [.. Directory.EnumerateFiles(Sources, files, SearchOption.AllDirectories).Where(IsOurs)
            .SelectMany(file => File.ReadLines(file)
                .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Regex.IsMatch(line, pattern))
                .Select(line => (Path.GetFileName(file), line)))];

    private static bool IsOurs(string file) => !new[] { "/obj/", "/bin/", "/node_modules/", "/Migrations/", "/lib/" }
        .Any(part => file.Replace('\\', '/').Contains(part, StringComparison.Ordinal));

    private static string SourceFolder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src"));
}
