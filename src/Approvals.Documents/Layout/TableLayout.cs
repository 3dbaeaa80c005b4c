namespace Approvals.Documents.Layout;

/// <summary>Places cells in a grid and cuts the grid into slices.</summary>
internal sealed class TableLayout(Typesetter typesetter, float[] edges, float rule, float pageHeight)
{
    /// <summary>A cell at its place with its content laid out.</summary>
    private sealed record Placed(Cell Cell, int Row, int Column, int RowSpan, int ColumnSpan, IReadOnlyList<Slice> Content)
    {
        public float ContentHeight { get; } = Content.Sum(slice => slice.Height);

        public float Height => ContentHeight + 2 * Cell.Padding;

        public int LastRow => Row + RowSpan - 1;
    }

    /// <summary>The rows as slices: rows tied by a span stay together, rows beyond half a page are cut between lines.</summary>
    public IEnumerable<Slice> Lay(IReadOnlyList<Row> rows, Slice? header, bool splitRows)
    {
        var placed = Place(rows);
        var first = 0;
        while (first < rows.Count)
        {
            var last = GroupEnd(placed, first);
            var group = placed.Where(cell => cell.Row >= first && cell.Row <= last).ToList();
            var heights = Heights(rows, group, first, last, flat: false);
            var room = pageHeight - (header?.Height ?? 0);
            if (splitRows && last > first && heights.Sum() > room)
            {
                // Too high for any page: the spanning cell's content counts in its first row and the rows part freely.
                heights = Heights(rows, group, first, last, flat: true);
                for (var row = first; row <= last; row++)
                {
                    yield return RowSlice(group, row, row, [heights[row - first]], header);
                }
            }
            else if (splitRows && first == last && heights[0] > room / 2 && group.Exists(cell => cell.Content.Count > 1))
            {
                foreach (var slice in CutRow(group, heights[0], header))
                {
                    yield return slice;
                }
            }
            else
            {
                yield return RowSlice(group, first, last, heights, header);
            }

            first = last + 1;
        }
    }

    private List<Placed> Place(IReadOnlyList<Row> rows)
    {
        var columns = edges.Length - 1;
        var taken = new HashSet<(int Row, int Column)>();
        var placed = new List<Placed>();
        for (var row = 0; row < rows.Count; row++)
        {
            var column = 0;
            foreach (var cell in rows[row].Cells)
            {
                while (column < columns && taken.Contains((row, column)))
                {
                    column++;
                }

                if (column >= columns)
                {
                    throw new ArgumentException($"Row {row + 1} of the table has more cells than the {columns} columns.");
                }

                var columnSpan = Math.Clamp(cell.ColumnSpan, 1, columns - column);
                var rowSpan = Math.Clamp(cell.RowSpan, 1, rows.Count - row);
                for (var r = row; r < row + rowSpan; r++)
                {
                    for (var c = column; c < column + columnSpan; c++)
                    {
                        taken.Add((r, c));
                    }
                }

                var width = edges[column + columnSpan] - edges[column] - 2 * cell.Padding;
                var content = cell.Content.SelectMany(block => block.Lay(typesetter, width, pageHeight)).ToList();
                placed.Add(new Placed(cell, row, column, rowSpan, columnSpan, content));
                column += columnSpan;
            }
        }

        return placed;
    }

    private static int GroupEnd(List<Placed> placed, int first)
    {
        var last = first;
        for (var row = first; row <= last; row++)
        {
            foreach (var cell in placed)
            {
                if (cell.Row == row)
                {
                    last = Math.Max(last, cell.LastRow);
                }
            }
        }

        return last;
    }

    private static float[] Heights(IReadOnlyList<Row> rows, List<Placed> group, int first, int last, bool flat)
    {
        var heights = Enumerable.Range(first, last - first + 1).Select(row => rows[row].MinHeight).ToArray();
        foreach (var cell in group.OrderBy(cell => cell.RowSpan))
        {
            if (flat || cell.RowSpan == 1)
            {
                heights[cell.Row - first] = Math.Max(heights[cell.Row - first], cell.Height);
                continue;
            }

            var missing = cell.Height - heights[(cell.Row - first)..(cell.LastRow - first + 1)].Sum();
            for (var row = cell.Row; missing > 0 && row <= cell.LastRow; row++)
            {
                heights[row - first] += missing / cell.RowSpan;
            }
        }

        return heights;
    }

    private Slice RowSlice(List<Placed> group, int first, int last, float[] heights, Slice? header)
    {
        var cells = group.Where(cell => cell.Row <= last && cell.LastRow >= first).ToList();
        return new Slice(heights.Sum(), (canvas, x, y) =>
        {
            foreach (var cell in cells)
            {
                var top = y + heights[..Math.Max(0, cell.Row - first)].Sum();
                var height = heights[Math.Max(0, cell.Row - first)..(Math.Min(cell.LastRow, last) - first + 1)].Sum();
                DrawRules(canvas, cell, x, top, height, above: cell.Row >= first, below: cell.LastRow <= last);
                if (cell.Row >= first)
                {
                    DrawContent(canvas, cell, x, top, height);
                }
            }
        })
        {
            Header = header,
            CutEdge = Edge(),
        };
    }

    // A long text cell goes over pages line by line; what stands beside it is drawn at the top of the row.
    private IEnumerable<Slice> CutRow(List<Placed> group, float rowHeight, Slice? header)
    {
        var longest = group.MaxBy(cell => cell.Content.Count)!;
        var padding = longest.Cell.Padding;
        var extra = rowHeight - longest.Height;
        var beside = group.Where(cell => cell != longest).Select(cell => cell.Height).DefaultIfEmpty(0).Max();
        var lines = longest.Content;
        var index = 0;
        while (index < lines.Count)
        {
            var isFirst = index == 0;
            var start = index;
            var height = lines[index++].Height;
            // The first piece is high enough for the cells beside it.
            while (isFirst && index < lines.Count && height + padding < beside)
            {
                height += lines[index++].Height;
            }

            var end = index;
            var isLast = end == lines.Count;
            var textTop = isFirst ? padding : 0;
            var pieceHeight = textTop + height + (isLast ? padding + Math.Max(0, extra) : 0);
            yield return new Slice(pieceHeight, (canvas, x, y) =>
            {
                foreach (var cell in group)
                {
                    DrawRules(canvas, cell, x, y, pieceHeight, isFirst, isLast);
                    if (isFirst && cell != longest)
                    {
                        DrawContent(canvas, cell, x, y, pieceHeight);
                    }
                }

                var top = y + textTop;
                for (var i = start; i < end; i++)
                {
                    lines[i].Draw(canvas, x + edges[longest.Column] + padding, top);
                    top += lines[i].Height;
                }
            })
            {
                Header = header,
                CutEdge = Edge(),
            };
        }
    }

    private Drawing? Edge() =>
        rule == 0 ? null : (canvas, x, y) => canvas.Line(x + edges[0], y, x + edges[^1], y, rule);

    private void DrawRules(Pages.PageCanvas canvas, Placed cell, float x, float y, float height, bool above, bool below)
    {
        if (rule == 0)
        {
            return;
        }

        var left = x + edges[cell.Column];
        var right = x + edges[cell.Column + cell.ColumnSpan];
        canvas.Line(left, y - rule / 2, left, y + height + rule / 2, rule);
        canvas.Line(right, y - rule / 2, right, y + height + rule / 2, rule);
        if (above)
        {
            canvas.Line(left, y, right, y, rule);
        }

        if (below)
        {
            canvas.Line(left, y + height, right, y + height, rule);
        }
    }

    private void DrawContent(Pages.PageCanvas canvas, Placed cell, float x, float y, float height)
    {
        var padding = cell.Cell.Padding;
        var free = height - 2 * padding - cell.ContentHeight;
        var top = y + padding + (cell.Cell.Align switch
        {
            VerticalAlignment.Middle => Math.Max(0, free) / 2,
            VerticalAlignment.Bottom => Math.Max(0, free),
            _ => 0,
        });
        foreach (var slice in cell.Content)
        {
            slice.Draw(canvas, x + edges[cell.Column] + padding, top);
            top += slice.Height;
        }
    }
}
