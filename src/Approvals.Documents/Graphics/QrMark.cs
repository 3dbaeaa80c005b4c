using Approvals.Documents.Pages;
using QRCoder;

namespace Approvals.Documents.Graphics;

/// <summary>A QR code drawn as vector bars with its quiet zone of four modules (ISO/IEC 18004).</summary>
public static class QrMark
{
    /// <summary>Modules of white on every side.</summary>
    public const int QuietZone = 4;

    /// <summary>The code's modules, dark = true, without the quiet zone; error correction level M.</summary>
    public static bool[,] Matrix(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var size = data.ModuleMatrix.Count - 2 * QuietZone;
        var matrix = new bool[size, size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                matrix[row, column] = data.ModuleMatrix[row + QuietZone][column + QuietZone];
            }
        }

        return matrix;
    }

    /// <summary>Draws the code; <paramref name="side"/> includes the quiet zone, which is filled white.</summary>
    public static void Draw(PageCanvas canvas, string text, float x, float y, float side)
    {
        var matrix = Matrix(text);
        var size = matrix.GetLength(0);
        var module = side / (size + 2 * QuietZone);
        canvas.Fill(x, y, side, side, Rgb.White);
        var bars = new List<(int Column, int Row, int Length)>();
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                var start = column;
                while (column < size && matrix[row, column])
                {
                    column++;
                }

                if (column > start)
                {
                    bars.Add((start, row, column - start));
                }
            }
        }

        canvas.Add(new ModulesItem(x + QuietZone * module, y + QuietZone * module, module, bars, Rgb.Black));
    }
}
