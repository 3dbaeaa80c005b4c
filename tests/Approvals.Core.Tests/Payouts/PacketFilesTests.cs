using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Approvals.Core.Certificates;
using Approvals.Core.Inbox;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Bank;
using Approvals.Core.Payouts.Files;
using Approvals.Core.Payouts.Packets;
using Approvals.Core.Tests.Databases;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using UglyToad.PdfPig;

namespace Approvals.Core.Tests.Payouts;

public sealed class PacketFilesTests
{
    private const int Payees = 57;

    /// <summary>Names a bank would choke on or a spreadsheet would run, and one no line has room for.</summary>
    private static readonly Dictionary<int, string> OddNames = new()
    {
        [3] = "=1+1", [4] = "欧阳𬍛玟", [5] = "阿卜杜拉·买买提\"江", [6] = "名字,带逗号",
    };

    [Theory, OnEachDatabase]
    public async Task PdfWorkbookAndBankFileOfOnePacketSayTheSameLineByLine(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        await SeedAsync(world);
        var packet = await world.PacketAsync();
        var lines = await world.LinesAsync(packet.Id);
        var files = await ReadAsync(world, packet);
        var numbers = Enumerable.Range(0, Payees).ToDictionary(one => Identities.IdentityNumber(one), Identities.Card);

        // The workbook: numbers are numbers, identity and account numbers are texts with every digit.
        var sheet = Rows(files[PacketFileKind.Workbook], "明细表");
        Assert.Equal(lines.Count + 2, sheet.Count);
        foreach (var (line, cells) in lines.Zip(sheet.Skip(1)))
        {
            Assert.Equal(line.Sequence.ToString(CultureInfo.InvariantCulture), cells[0].Number);
            Assert.Equal(line.PayeeName, cells[2].Text);
            Assert.Equal(line.IdentityNumber, cells[4].Text);
            Assert.Equal(line.AccountId is null ? null : numbers[line.IdentityNumber], cells[6].Text);
            Assert.Equal(line.Amount, decimal.Parse(cells[9].Number!, CultureInfo.InvariantCulture));
        }

        Assert.Equal(packet.Total, decimal.Parse(sheet[^1][9].Number!, CultureInfo.InvariantCulture));
        var working = Rows(files[PacketFileKind.Workbook], "计算过程");
        Assert.Equal(packet.Total, working.Skip(1).SkipLast(1).Sum(row => decimal.Parse(row[9].Number!, CultureInfo.InvariantCulture)));

        // The bank file: the payable lines only.
        var csv = CsvText.Read(BankEncoding.Decode(files[PacketFileKind.BankFile])!);
        var payable = lines.Where(line => line.BuiltStop is null).ToList();
        Assert.Equal(packet.PayableCount, csv.Count - 1);
        foreach (var (line, row) in payable.Zip(csv.Skip(1)))
        {
            Assert.Equal($"{packet.Number}-{line.Sequence:00000}", row.Cells[1]);
            Assert.Equal(line.AccountHolder, row.Cells[2].TrimStart('\''));
            Assert.Equal(numbers[line.IdentityNumber], row.Cells[3]);
            Assert.Equal(line.Amount, decimal.Parse(row.Cells[6], CultureInfo.InvariantCulture));
            Assert.Equal("人民币", row.Cells[7]);
        }

        Assert.Equal(packet.PayableTotal, csv.Skip(1).Sum(row => decimal.Parse(row.Cells[6], CultureInfo.InvariantCulture)));
        Assert.Contains(csv, row => row.Cells[2] == "'=1+1");

        // The PDF: every line masked, on pages whose sums add up to the total.
        using var pdf = PdfDocument.Open(files[PacketFileKind.Portfolio]);
        var text = pdf.GetPages().Select(page => page.Text).ToList();
        var all = string.Concat(text);
        foreach (var line in lines)
        {
            var page = text[1 + (line.Sequence - 1) / 24];
            Assert.Contains(line.PayeeName, page);
            Assert.Contains(Core.Forms.Masking.IdentityNumber(line.IdentityNumber), page);
            Assert.Contains(line.Amount.ToString("N2", CultureInfo.InvariantCulture), page);
            Assert.DoesNotContain(line.IdentityNumber, all);
            if (line.AccountId is not null)
                Assert.DoesNotContain(numbers[line.IdentityNumber], all.Replace(" ", "", StringComparison.Ordinal));
        }

        Assert.Contains(Documents.Text.RmbCapital.Format(packet.Total), all);
        Assert.Contains(packet.Total.ToString("N2", CultureInfo.InvariantCulture), text[0]);
        Assert.Contains("收款账户待登记确认", text[0]);
        Assert.Contains(packet.ContentHash, text[0].Replace(" ", "", StringComparison.Ordinal));
    }

    [Theory, OnEachDatabase]
    public async Task TheApprovalPageHasEverySignatureAndTheBasisFollows(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        var (decision, basis) = await SeedAsync(world);
        var packet = await world.PacketAsync();
        var files = await ReadAsync(world, packet);
        using var pdf = PdfDocument.Open(files[PacketFileKind.Portfolio]);
        var pages = pdf.GetPages().ToList();
        var approval = Assert.Single(pages, page => page.Text.StartsWith("审批页", StringComparison.Ordinal));
        Assert.Contains("局长乙", approval.Text);
        Assert.Contains("同意拨付", approval.Text);
        Assert.Contains(decision.ShownHash, approval.Text.Replace(" ", "", StringComparison.Ordinal));
        Assert.NotEmpty(approval.GetImages());
        Assert.Contains(pages, page => page.Text.Contains("终止命令正文", StringComparison.Ordinal));
        Assert.True(pdf.Advanced.TryGetEmbeddedFiles(out var embedded));
        Assert.Equal(
            [$"{packet.Number}-明细表.xlsx", $"{packet.Number}-银行代发.csv", "文件清单.txt", "现场任命终止命令.pdf"],
            embedded.Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Equal(basis, embedded.Single(file => file.Name == "现场任命终止命令.pdf").Memory.ToArray());
        Assert.Equal(files[PacketFileKind.Workbook], embedded.Single(file => file.Name.EndsWith("xlsx", StringComparison.Ordinal)).Memory.ToArray());
    }

    [Fact]
    public async Task APictureThatCannotBeDrawnIsEnclosedAndHoldsUpNobodysMoney()
    {
        await using var world = await PayoutWorld.StartAsync("Sqlite");
        var caseId = await world.CaseAsync();
        var (decision, _, _) = await SignedAsync(world, caseId);
        var files = new Dictionary<string, byte[]> { ["好图.png"] = Png(), ["坏图.png"] = [.. Png()[..8], 1, 2, 3], ["半图.png"] = Png()[..60] };
        var basis = await world.Kernel.CommitAsync(async (scope, unit) =>
        {
            var references = new List<BasisReference>();
            foreach (var (name, content) in files)
            {
                var stored = await scope.GetRequiredService<Core.Files.FileStore>()
                    .SaveAsync(new MemoryStream(content), "image/png", null, TestContext.Current.CancellationToken);
                var attachment = new Core.Cases.CaseAttachment
                {
                    CaseId = caseId, FieldKey = "papers", FileName = name, FileId = stored.Id, UploadedBy = world.Approver.Id,
                    UploadedAt = world.Kernel.Time.GetUtcNow(),
                };
                unit.Db.Attachments.Add(attachment);
                references.Add(new BasisReference(BasisKind.Attachment, attachment.Id, name));
            }

            return references;
        });
        var grant = PayoutWorld.Grant("a:1", Payee(1), 200m) with { Basis = [.. basis] };
        Assert.IsType<GrantOutcome.Granted>(
            await world.GrantAsync(new GrantRequest(caseId, world.Approval with { DecisionId = decision.Id }, [grant])));
        await world.AccountAsync(Payee(1), Identities.Card(1));
        var made = await ReadAsync(world, await world.PacketAsync());

        using var pdf = PdfDocument.Open(made[PacketFileKind.Portfolio]);
        var list = Assert.Single(pdf.GetPages(), page => page.Text.StartsWith("依据文件清单", StringComparison.Ordinal)).Text;
        Assert.Equal((2, 1), (list.Split("附后").Length, list.Split("内嵌附件").Length - 2));
        Assert.True(pdf.Advanced.TryGetEmbeddedFiles(out var embedded));
        foreach (var (name, content) in files)
            Assert.Equal(content, embedded.Single(file => file.Name.EndsWith(name, StringComparison.Ordinal)).Memory.ToArray());
    }

    [Theory, OnEachDatabase]
    public async Task TheManifestHoldsForEveryFileOfTheArchive(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        await SeedAsync(world);
        var packet = await world.PacketAsync();
        var files = await ReadAsync(world, packet);
        using var zip = new ZipArchive(new MemoryStream(files[PacketFileKind.Archive]));
        var contents = zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var stream = entry.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        });
        var manifest = Encoding.UTF8.GetString(contents[$"{packet.Number}-文件清单.txt"]).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split("  ", 2)).ToDictionary(parts => parts[1], parts => parts[0]);
        Assert.Equal(contents.Keys.Where(name => !name.EndsWith("清单.txt", StringComparison.Ordinal)).Order(), manifest.Keys.Order());
        Assert.All(manifest, pair => Assert.Equal(pair.Value, Convert.ToHexStringLower(SHA256.HashData(contents[pair.Key]))));
        Assert.Equal(4, manifest.Count);
    }

    [Theory, OnEachDatabase]
    public async Task AKilledJobGoesOnWhereItStopped(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        await SeedAsync(world);
        var packet = Assert.IsType<BuildOutcome.Built>(await world.BuildAsync()).Packet;
        await world.RenderAsync();
        var before = await FilesAsync(world, packet.Id);

        // As if the process had died before the portfolio was stored: the tables stay, the rest is made again, to the same bytes.
        await world.Kernel.CommitAsync(async (_, unit) =>
        {
            await unit.Db.PacketFiles.Where(row => row.Kind != PacketFileKind.Workbook && row.Kind != PacketFileKind.BankFile).ExecuteDeleteAsync(TestContext.Current.CancellationToken);
            await unit.Db.Packets.ExecuteUpdateAsync(set => set.SetProperty(row => row.Stage, PacketStage.Pages), TestContext.Current.CancellationToken);
            return await unit.Db.Outbox.Where(row => row.Kind == RenderPacket.MessageKind)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.DoneAt, (DateTimeOffset?)null), TestContext.Current.CancellationToken);
        });
        await world.Kernel.RestartAsync();
        await world.RenderAsync();
        var after = await FilesAsync(world, packet.Id);
        Assert.Equal(before.Values.Select(file => (file.Kind, file.Sha256)), after.Values.Select(file => (file.Kind, file.Sha256)));
        Assert.Equal(before[PacketFileKind.Workbook].Id, after[PacketFileKind.Workbook].Id);
        Assert.NotEqual(before[PacketFileKind.Portfolio].Id, after[PacketFileKind.Portfolio].Id);
        Assert.Equal(PacketStage.Ready, await world.Kernel.ReadAsync(db => db.Packets.Select(row => row.Stage).SingleAsync()));
    }

    /// <summary>As when a worker overruns its lease and another takes the message over.</summary>
    [Theory, OnEachDatabase]
    public async Task OfTwoJobsAtOnceTheSecondGoesOnWithTheFilesOfTheFirst(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        await world.GrantedAsync(PayoutWorld.Grant("a:1", Payee(1), 200m));
        await world.AccountAsync(Payee(1), Identities.Card(1));
        var packet = Assert.IsType<BuildOutcome.Built>(await world.BuildAsync()).Packet;
        var message = await world.Kernel.ReadAsync(db => db.Outbox.AsNoTracking().SingleAsync(row => row.Kind == RenderPacket.MessageKind));

        // The first stores its workbook while the second still makes its own.
        var late = await EnsureAsync("late", () => EnsureAsync("early", () => System.Threading.Tasks.Task.CompletedTask));
        Assert.Equal("early", Encoding.UTF8.GetString(late.Content));
        await world.Kernel.CommitAsync((_, unit) => unit.Db.PacketFiles.ExecuteDeleteAsync(TestContext.Current.CancellationToken));

        await System.Threading.Tasks.Task.WhenAll(Enumerable.Range(0, 2).Select(_ => System.Threading.Tasks.Task.Run(() => world.Kernel.InScopeAsync(async scope =>
        {
            await scope.GetServices<Core.Notifications.IOutboxHandler>().OfType<RenderPacket>().Single().HandleAsync(message, TestContext.Current.CancellationToken);
            return true;
        }))));
        Assert.Equal(5, (await ReadAsync(world, packet)).Count);
        Assert.Equal(2, await world.Kernel.ReadAsync(db => db.Notifications.CountAsync(row => row.Text.Contains(packet.Number))));

        Task<PacketEntry> EnsureAsync(string content, Func<Task> meanwhile) => world.Kernel.InScopeAsync(scope =>
            scope.GetRequiredService<PacketFiles>().EnsureAsync(
                packet, PacketFileKind.Workbook,
                async () =>
                {
                    await meanwhile();
                    return Encoding.UTF8.GetBytes(content);
                },
                TestContext.Current.CancellationToken));
    }

    [Theory, OnEachDatabase]
    public async Task NoAccountNumberLiesReadableInTheDataFolderOrTheDatabase(string provider)
    {
        await using var world = await PayoutWorld.StartAsync(provider);
        await SeedAsync(world);
        await world.PacketAsync();
        var secrets = Enumerable.Range(1, Payees - 1).Select(one => Encoding.ASCII.GetBytes(Identities.Card(one))).ToList();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(world.Kernel.Folder, "files"), "*", SearchOption.AllDirectories))
        {
            var content = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            Assert.DoesNotContain(secrets, secret => content.AsSpan().IndexOf(secret) >= 0);
            Assert.False(content.AsSpan().StartsWith("PK"u8));
        }

        var stored = await world.Kernel.ReadAsync(db => db.PayeeAccounts.AsNoTracking().ToListAsync());
        Assert.All(stored, row => Assert.DoesNotContain(secrets, secret => row.SealedNumber.Contains(Encoding.ASCII.GetString(secret), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task TheWorkbookIsValidOpenXml()
    {
        await using var world = await PayoutWorld.StartAsync("Sqlite");
        await SeedAsync(world);
        var files = await ReadAsync(world, await world.PacketAsync());
        using var document = SpreadsheetDocument.Open(new MemoryStream(files[PacketFileKind.Workbook]), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken).Select(error => $"{error.Path?.XPath}: {error.Description}"));
    }

    /// <summary>Allowances of 57 people by one signed case with a basis document; the first has no account, others odd names.</summary>
    private static async Task<(Decision Decision, byte[] Basis)> SeedAsync(PayoutWorld world)
    {
        var caseId = await world.CaseAsync();
        var (decision, document, pdf) = await SignedAsync(world, caseId);
        var grants = Enumerable.Range(0, Payees).Select(number => PayoutWorld.Grant(
            $"a:{number}", Payee(number), 200m + number * 17.31m) with
        {
            Basis = [new BasisReference(BasisKind.Document, document, "现场任命终止命令")],
        });
        var granted = await world.GrantAsync(new GrantRequest(caseId, world.Approval with { DecisionId = decision.Id }, [.. grants]));
        Assert.IsType<GrantOutcome.Granted>(granted);
        for (var number = 1; number < Payees; number++)
            await world.AccountAsync(Payee(number), Identities.Card(number));
        return (decision, pdf);
    }

    private static PayeeReference Payee(int number) =>
        OddNames.TryGetValue(number, out var name) ? Identities.Person(number) with { Name = name } : Identities.Person(number);

    private static async Task<(Decision Decision, Guid Document, byte[] Pdf)> SignedAsync(PayoutWorld world, Guid caseId)
    {
        var fonts = world.Kernel.Services.GetRequiredService<Documents.Fonts.FontLibrary>();
        var pdf = new Documents.Rendering.SkiaPdfRenderer().Render(
            new Documents.Templates.PacketDocument(fonts, new("终止命令", "局", world.Kernel.Time.GetUtcNow()), "命令")
                .AddApprovals("终止命令正文", []).Build());
        return await world.Kernel.CommitAsync(async (scope, unit) =>
        {
            var store = scope.GetRequiredService<Core.Files.FileStore>();
            var signature = await store.SaveAsync(new MemoryStream(Png()), "image/png", null, TestContext.Current.CancellationToken);
            var file = await store.SaveAsync(new MemoryStream(pdf), "application/pdf", null, TestContext.Current.CancellationToken);
            var document = new IssuedDocument
            {
                CaseId = caseId, IssueKey = "order", Template = "Letter", Number = "1", Title = "现场任命终止命令", Model = "{}", FileId = file.Id,
            };
            unit.Db.Documents.Add(document);
            var step = new StepRun
            {
                CaseId = caseId, InstanceId = Guid.CreateVersion7(), ActivityId = "leader", StepName = "局领导审批", BookmarkId = Guid.CreateVersion7(),
                RightsKey = "leader", FormKey = "form", Resolution = "[]", Options = "{}",
            };
            unit.Db.StepRuns.Add(step);
            var task = Task(caseId, step.Id, world.Approver.Id);
            unit.Db.Tasks.Add(task);
            await unit.Db.SaveChangesAsync(TestContext.Current.CancellationToken);
            var decision = new Decision
            {
                TaskId = task.Id, StepRunId = step.Id, CaseId = caseId, StepName = step.StepName, DeciderId = world.Approver.Id,
                SignatureLine = world.Approver.Name, Kind = DecisionKind.Approve, Opinion = "同意拨付", Method = SignatureMethod.Stored,
                SignatureFileId = signature.Id, HashAlgorithm = "SHA-256", ShownHash = Convert.ToHexStringLower(SHA256.HashData("shown"u8)),
                Shown = "{}", At = world.Kernel.Time.GetUtcNow(),
            };
            unit.Db.Decisions.Add(decision);
            return (decision, document.Id, pdf);
        });
    }

    private static InboxTask Task(Guid caseId, Guid stepId, Guid assignee) => new()
    {
        CaseId = caseId, StepRunId = stepId, AssigneeId = assignee, SubjectName = "补助", CaseNumber = "BZ-2026-0001", ProcessKey = "allowance", ProcessName = "工作补助",
        StepName = "局领导审批", State = TaskState.Done,
    };

    private static byte[] Png()
    {
        using var bitmap = new SkiaSharp.SKBitmap(120, 40);
        bitmap.Erase(SkiaSharp.SKColors.Navy);
        using var data = bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Png, 90);
        return data.ToArray();
    }

    private static Task<Dictionary<PacketFileKind, PacketFile>> FilesAsync(PayoutWorld world, Guid packetId) => world.Kernel.ReadAsync(db =>
        db.PacketFiles.AsNoTracking().Where(row => row.PacketId == packetId).OrderBy(row => row.Kind)
            .ToDictionaryAsync(row => row.Kind, TestContext.Current.CancellationToken));

    private static async Task<Dictionary<PacketFileKind, byte[]>> ReadAsync(PayoutWorld world, PayoutPacket packet)
    {
        var read = new Dictionary<PacketFileKind, byte[]>();
        foreach (var (kind, file) in await FilesAsync(world, packet.Id))
            read[kind] = await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<PacketFiles>().ReadAsync(file, default));
        return read;
    }

    private sealed record Cell(string? Text, string? Number);

    /// <summary>The cells of a sheet as a spreadsheet program takes them: texts apart from numbers.</summary>
    private static List<Cell[]> Rows(byte[] workbook, string name)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(workbook), isEditable: false);
        var sheet = document.WorkbookPart!.Workbook.Descendants<Sheet>().Single(one => one.Name == name);
        var part = (WorksheetPart)document.WorkbookPart.GetPartById(sheet.Id!);
        return [.. part.Worksheet.Descendants<Row>().Select(row => row.Elements<DocumentFormat.OpenXml.Spreadsheet.Cell>()
            .Select(cell => cell.DataType?.Value == CellValues.InlineString
                ? new Cell(cell.InlineString!.Text!.Text, null)
                : new Cell(null, cell.CellValue?.Text)).ToArray())];
    }
}
