using Approvals.Core.Certificates;

namespace Approvals.Core.Notices;

/// <summary>The words of a notice as the page shows them: one paragraph a line, a row of the list as one line.</summary>
public static class NoticeBody
{
    /// <summary>Joins paragraphs, list and contact.</summary>
    public static string From(DocumentText text) => string.Join('\n', [.. text.Paragraphs, .. Rows(text.Table), .. text.Contact]);

    /// <summary>The paragraphs again.</summary>
    public static IReadOnlyList<string> Paragraphs(string body) => body.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Rows(DocumentTable? table) => table is null ? [] : table.Rows.Select(row =>
        string.Join("；", table.Columns.Zip(row)
            .Where(cell => cell.Second.Length > 0).Select(cell => $"{cell.First.Heading}：{cell.Second}")) + "。");
}
