using System.Text;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Bank;
using Approvals.Core.Payouts.Packets;
using Approvals.Testing;

namespace Approvals.Core.Tests.Payouts;

public sealed class BankFileTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")")]
    [InlineData("+861", "'+861")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("＝1", "'＝1")]
    [InlineData(null, "")]
    public void WhatASpreadsheetWouldRunIsDefused(string? text, string written) => Assert.Equal(written, CsvText.Guarded(text));

    [Fact]
    public void WhatIsWrittenIsReadAgain()
    {
        var seed = Seeds.For(20261122);
        var random = new Random(seed);
        const string alphabet = "甲乙,\"\n\r a1=é𬍛";
        for (var round = 0; round < 500; round++)
        {
            var rows = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Enumerable.Range(0, 4)
                .Select(_ => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => alphabet.EnumerateRunes().ElementAt(random.Next(12)).ToString())))
                .Append("x").ToArray()).ToList();
            var read = CsvText.Read(string.Concat(rows.Select(CsvText.Row)));
            var written = rows.Select(row => row.Select(cell => cell.Trim()).ToList()).ToList();
            Assert.True(written.Count == read.Count && written.Zip(read).All(pair => pair.First.SequenceEqual(pair.Second.Cells)),
                $"seed {seed}, round {round}: {string.Join(" / ", written.Select(row => string.Join('|', row)))}");
        }
    }

    [Theory]
    [InlineData("GB18030")]
    [InlineData("UTF-8")]
    public void BothEncodingsAreWrittenAndTold(string name)
    {
        var bytes = BankEncoding.Encode("户名,阿卜杜拉·𬍛\r\n", name);
        Assert.Equal(name == "UTF-8", bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble));
        Assert.Equal("户名,阿卜杜拉·𬍛\r\n", BankEncoding.Decode(bytes));
    }

    [Fact]
    public void ColumnsAreConfigured()
    {
        var line = new PacketLine
        {
            Sequence = 7, PayeeName = "甲", IdentityNumber = "1", Amount = 1234.5m, Purpose = "补助", AccountHolder = "甲", BankName = "行", BankCode = null,
        };
        var options = new TransferFileOptions
        {
            Encoding = "UTF-8", Header = false, Columns = ["付款账号:\"1001\"", "收款账号:Account", "金额:Amount", "附言:Purpose", "对公对私:Kind"],
        };
        var text = BankEncoding.Decode(TransferFile.Write("BF-2026-0001", [new TransferLine(line, "6222020000000000018")], options));
        Assert.Equal("1001,6222020000000000018,1234.50,补助,对私\r\n", text);
        options.Columns = ["金额=Amount"];
        Assert.Contains("应写作“表头:取值”", Assert.Throws<ArgumentException>(() => TransferFile.ColumnsOf(options)).Message);
        options.Columns = ["金额:Sum"];
        Assert.Contains("Amount", Assert.Throws<ArgumentException>(() => TransferFile.ColumnsOf(options)).Message);
        options.Encoding = "Big5";
        Assert.Contains("编码“Big5”不支持", Assert.Throws<ArgumentException>(() => TransferFile.ColumnsOf(options)).Message);
    }

    [Theory]
    [InlineData("", "文件是空的")]
    [InlineData("PK\u0003\u0004", "另存为 CSV")]
    [InlineData("甲,乙\r\n1,2\r\n", "第 1 行的表头缺少“金额”“处理结果”“明细编号（或账号）”列；文件中的列为：甲、乙")]
    [InlineData("明细编号,金额,处理结果\r\n", "只有表头")]
    [InlineData("明细编号,金额,处理结果\r\nBF-2026-0001-00001,12.345,成功\r\n", "第 2 行的金额“12.345”无法识别")]
    [InlineData("明细编号,金额,处理结果\r\nBF-2026-0001-00001,-5,成功\r\n", "第 2 行的金额“-5”无法识别")]
    [InlineData("明细编号,金额,处理结果\r\nBF-2026-0001-00001,5,处理中\r\n", "第 2 行的处理结果“处理中”无法识别")]
    [InlineData("明细编号,金额,处理结果,币种\r\n\r\nBF-2026-0001-00001,5,成功,USD\r\n", "第 3 行的币种为“USD”，本系统只拨付人民币")]
    [InlineData("明细编号,金额,处理结果\r\nBF-2026-0001-00001,5\r\n", "第 2 行有 2 列，表头有 3 列")]
    [InlineData("明细编号,金额,处理结果\r\nR1,5,成功\r\nR1,5,失败\r\n", "第 2、3 行的明细编号 R1 重复")]
    [InlineData("明细编号,金额,处理结果\r\n\"R1,5,成功\r\n", "第 2 行的引号没有结束")]
    public void AWrongFileIsRefusedAtItsLine(string text, string problem)
    {
        var sheet = ResultSheet.Read(Encoding.UTF8.GetBytes(text), new ResultFileOptions());
        Assert.Empty(sheet.Rows);
        Assert.Contains(sheet.Problems, one => one.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void AFileInNoKnownEncodingIsRefused()
    {
        byte[][] wrong = [[0xFF, 0xFE, (byte)'a', 0], [0x81, 0xFF, 0xFF, 0x20], [0xEF, 0xBB, 0xBF, 0xC0, 0x80]];
        Assert.All(wrong, content => Assert.Contains(
            "编码无法识别", Assert.Single(ResultSheet.Read(content, new ResultFileOptions()).Problems)));
    }
}
