using System.Text.Json;

namespace Approvals.Core.Certificates;

/// <summary>
/// The words of a document, read from <c>documents/&lt;name&gt;.json</c> beside its workflow. Every string is a Liquid template;
/// which of the parts are used depends on the document.
/// </summary>
public sealed record DocumentText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    /// <summary>Title; line breaks are breaks by sense.</summary>
    public required string Title { get; init; }

    /// <summary>Addressee without colon (主送机关); null for the public.</summary>
    public string? Addressee { get; init; }

    /// <summary>Paragraphs of a notice or letter; 一、 and （一） are set as headings. One that comes out empty is left out.</summary>
    public IReadOnlyList<string> Paragraphs { get; init; } = [];

    /// <summary>List in a notice.</summary>
    public DocumentTable? Table { get; init; }

    /// <summary>Paragraphs after the list.</summary>
    public IReadOnlyList<string> Contact { get; init; } = [];

    /// <summary>What a certificate certifies.</summary>
    public string? Statement { get; init; }

    /// <summary>Further lines of a certificate.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>Article a certificate rests on.</summary>
    public string? Basis { get; init; }

    /// <summary>Validity as printed.</summary>
    public string? Validity { get; init; }

    /// <summary>What the certificate is for, as the check page names it, e.g. the specialty.</summary>
    public string? Subject { get; init; }

    /// <summary>Lines on the back of a card.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Reads a text file strictly.</summary>
    /// <exception cref="JsonException">It is not well formed or has an unknown part.</exception>
    public static DocumentText Parse(string json)
    {
        var text = JsonSerializer.Deserialize<DocumentText>(json, Options) ?? throw new JsonException("The document text is empty.");

        // What the reader lets pass: it looks at lists, not into them.
        IReadOnlyList<IReadOnlyList<string?>?> lists = [text.Paragraphs, text.Contact, text.Details, text.Notes, .. text.Table?.Rows ?? []];
        return lists.All(list => list is not null && !list.Contains(null)) ? text : throw new JsonException("A list has an empty place.");
    }

    /// <summary>The text with every template replaced by its result; paragraphs that come out empty are left out.</summary>
    public DocumentText Map(Func<string, string> render) => this with
    {
        Title = render(Title),
        Addressee = Maybe(Addressee, render),
        Paragraphs = All(Paragraphs, render),
        Table = Table is null ? null : Table with
        {
            Rows = [.. Table.Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(render)])],
        },
        Contact = All(Contact, render),
        Statement = Maybe(Statement, render),
        Details = All(Details, render),
        Basis = Maybe(Basis, render),
        Validity = Maybe(Validity, render),
        Subject = Maybe(Subject, render),
        Notes = All(Notes, render),
    };

    /// <summary>Title without its breaks, for lists.</summary>
    public string TitleLine => Title.Replace("\n", "", StringComparison.Ordinal);

    private static string? Maybe(string? template, Func<string, string> render) =>
        template is not null && render(template).Trim() is { Length: > 0 } text ? text : null;

    private static IReadOnlyList<string> All(IReadOnlyList<string> templates, Func<string, string> render) =>
        [.. templates.Select(template => render(template).Trim()).Where(text => text.Length > 0)];
}

/// <summary>A list in a document.</summary>
/// <param name="Columns">Headings with relative widths.</param>
/// <param name="Rows">Cells, one for each heading.</param>
public sealed record DocumentTable(IReadOnlyList<DocumentColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>A column of a list.</summary>
/// <param name="Heading">Caption.</param>
/// <param name="Width">Width relative to the others.</param>
public sealed record DocumentColumn(string Heading, float Width);
