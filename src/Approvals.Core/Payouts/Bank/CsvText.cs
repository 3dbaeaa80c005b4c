using System.Text;

namespace Approvals.Core.Payouts.Bank;

/// <summary>Writes and reads CSV (RFC 4180). Pure.</summary>
public static class CsvText
{
    /// <summary>A row with its line end.</summary>
    public static string Row(IEnumerable<string?> cells) => string.Join(',', cells.Select(Quote)) + "\r\n";

    /// <summary>
    /// A text that somebody typed, safe to be opened by a spreadsheet: what it would take for a formula gets an apostrophe in front.
    /// Not for amounts and account numbers of ours, which begin with a digit or a minus.
    /// </summary>
    public static string Guarded(string? text) =>
        text is { Length: > 0 } && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' ? "'" + text : text ?? "";

    /// <summary>The rows of a text with the line each begins on, from 1; empty lines are passed over.</summary>
    /// <exception cref="FormatException">A quoted cell has no end; the message names the line in Chinese.</exception>
    public static IReadOnlyList<(int Line, IReadOnlyList<string> Cells)> Read(string text)
    {
        var rows = new List<(int, IReadOnlyList<string>)>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (line, start, quoted, wasQuoted) = (1, 1, false, false);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (quoted)
            {
                if (character == '"' && i + 1 < text.Length && text[i + 1] == '"')
                    cell.Append(text[i++]);
                else if (character == '"')
                    quoted = false;
                else
                    cell.Append(character);
                line += character == '\n' ? 1 : 0;
            }
            else if (character == '"' && cell.Length == 0 && !wasQuoted)
            {
                (quoted, wasQuoted) = (true, true);
            }
            else if (character is ',' or '\n')
            {
                EndCell();
                if (character == '\n')
                    EndRow(++line);
            }
            else if (character != '\r')
            {
                cell.Append(character);
            }
        }

        if (quoted)
            throw new FormatException($"第 {start} 行的引号没有结束");
        EndCell();
        EndRow(line);
        return rows;

        void EndCell()
        {
            cells.Add(cell.ToString().Trim());
            cell.Clear();
            wasQuoted = false;
        }

        void EndRow(int next)
        {
            if (cells.Exists(one => one.Length > 0))
                rows.Add((start, cells));
            cells = [];
            start = next;
        }
    }

    private static string Quote(string? cell) =>
        cell is null ? ""
        : cell.AsSpan().IndexOfAny("\",\r\n") >= 0 || cell.StartsWith(' ') || cell.EndsWith(' ')
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell;
}
