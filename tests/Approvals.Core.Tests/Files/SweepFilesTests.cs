using System.Data.Common;
using System.Text;
using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Files;

public sealed class SweepFilesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task WhatNoRowNamesIsRemovedAfterADayAndCountedInTheAuditRecord(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        var named = await SaveAsync(kernel, "named");
        var unnamed = await SaveUnnamedAsync(kernel, "unnamed");
        await File.WriteAllTextAsync(Path.Combine(kernel.Folder, "files", ".019ab.tmp"), "cut off", Cancel);
        Assert.Equal(new SweptFiles(0, 0), await SweepAsync(kernel));

        Age(kernel);
        var young = await SaveUnnamedAsync(kernel, "young");
        Assert.Equal(new SweptFiles(2, 14), await SweepAsync(kernel));
        Assert.Equal("named", await ReadAsync(kernel, named));
        Assert.Equal("young", await ReadAsync(kernel, young));
        await Assert.ThrowsAsync<FileNotFoundException>(() => ReadAsync(kernel, unnamed));
        var entry = await kernel.ReadAsync(db => db.AuditEntries.SingleAsync(row => row.Action == "files.swept", Cancel));
        Assert.Equal("""{"bytes":14,"files":2}""", entry.Details);
        Assert.Equal(new SweptFiles(0, 0), await SweepAsync(kernel));
        Assert.Equal(1, await kernel.ReadAsync(db => db.AuditEntries.CountAsync(Cancel)));
    }

    [Fact]
    public async Task AMailThatNobodyHasFinishedWritingIsSweptAfterADayAndEveryOtherIsLeft()
    {
        await using var kernel = await TestKernel.StartAsync("Sqlite");
        var folder = Directory.CreateDirectory(Path.Combine(kernel.Folder, "mail")).FullName;
        var (begun, whole, foreign) = (Path.Combine(folder, ".019ab.019ac.tmp"), Path.Combine(folder, "019ad.eml"), Path.Combine(folder, ".lock"));
        foreach (var path in new[] { begun, whole, foreign })
            await File.WriteAllTextAsync(path, "mail", Cancel);
        Assert.Equal(new SweptFiles(0, 0), await SweepAsync(kernel));
        Age(kernel, "mail");
        Assert.Equal(new SweptFiles(1, 4), await SweepAsync(kernel));
        Assert.Equal((false, true, true), (File.Exists(begun), File.Exists(whole), File.Exists(foreign)));
    }

    [Theory, OnEachDatabase]
    public async Task AContentThatIsStoredAgainWhileItIsSweptIsKept(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        for (var round = 0; round < 60; round++)
        {
            var content = $"round {round}";
            await SaveUnnamedAsync(kernel, content);
            Age(kernel);
            var sweeps = Enumerable.Range(0, 2).Select(_ => Task.Run(() => SweepAsync(kernel), Cancel)).ToList();
            var saved = await Task.Run(() => SaveAsync(kernel, content), Cancel);
            await Task.WhenAll(sweeps);
            Assert.Equal(content, await ReadAsync(kernel, saved));
        }
    }

    /// <summary>Two servers, or a sweep by hand beside the night's: what the one has taken aside, the other does not put back.</summary>
    [Theory, OnEachDatabase]
    public async Task ASecondSweepLeavesAloneWhatTheFirstHasTakenAside(string provider)
    {
        var second = new SecondLook();
        await using var kernel = await TestKernel.StartAsync(
            provider, services => services.ConfigureDbContext<ApprovalsDbContext>(options => options.AddInterceptors(second)));
        var file = await SaveUnnamedAsync(kernel, "taken aside");
        Age(kernel);
        SweptFiles? other = null;
        second.Act = async () =>
        {
            var path = Path.Combine(kernel.Folder, "files", file.Sha256[..2], file.Sha256[2..]);
            Assert.False(File.Exists(path));
            other = await SweepAsync(kernel);
            Assert.False(File.Exists(path));
        };

        Assert.Equal(new SweptFiles(1, 11), await SweepAsync(kernel));
        Assert.Equal(new SweptFiles(0, 0), other);
        await Assert.ThrowsAsync<FileNotFoundException>(() => ReadAsync(kernel, file));
    }

    [Fact]
    public async Task ASweepThatWasCutOffIsFinishedByTheNext()
    {
        await using var kernel = await TestKernel.StartAsync("Sqlite");
        var file = await SaveAsync(kernel, "taken aside");
        Age(kernel);
        var path = Path.Combine(kernel.Folder, "files", file.Sha256[..2], file.Sha256[2..]);
        File.Move(path, Path.Combine(kernel.Folder, "files", $".{file.Sha256}.019ab.swept"));
        await SweepAsync(kernel);
        Assert.Equal("taken aside", await ReadAsync(kernel, file));
    }

    /// <summary>What goes back may be put in the place of what is being stored there right now, whose row is not committed yet.</summary>
    [Fact]
    public async Task WhatGoesBackToItsPlaceIsJudgedADayLater()
    {
        await using var kernel = await TestKernel.StartAsync("Sqlite");
        var file = await SaveUnnamedAsync(kernel, "taken aside");
        var (path, aside) = (
            Path.Combine(kernel.Folder, "files", file.Sha256[..2], file.Sha256[2..]),
            Path.Combine(kernel.Folder, "files", $".{file.Sha256}.019ab.swept"));
        File.Move(path, aside);
        Age(kernel);
        Assert.Equal(new SweptFiles(0, 0), await SweepAsync(kernel));
        Assert.True(File.Exists(path));
        Age(kernel);
        Assert.Equal(new SweptFiles(1, 11), await SweepAsync(kernel));
    }

    private static void Age(TestKernel kernel, string folder = "files")
    {
        foreach (var file in Directory.GetFiles(Path.Combine(kernel.Folder, folder), "*", new EnumerationOptions
        {
            RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None,
        }))
        {
            File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file) - SweepFiles.Age - TimeSpan.FromMinutes(1));
        }
    }

    private static Task<SweptFiles> SweepAsync(TestKernel kernel) =>
        kernel.InScopeAsync(scope => scope.GetRequiredService<SweepFiles>().RunAsync(Cancel));

    private static Task<StoredFile> SaveAsync(TestKernel kernel, string content) => kernel.CommitAsync(
        (scope, _) => scope.GetRequiredService<FileStore>().SaveAsync(Bytes(content), "text/plain", null, Cancel));

    /// <summary>As after a refused decision: the content lies there, the row was never saved.</summary>
    private static Task<StoredFile> SaveUnnamedAsync(TestKernel kernel, string content) => kernel.InScopeAsync(
        scope => scope.GetRequiredService<FileStore>().SaveAsync(Bytes(content), "text/plain", null, Cancel));

    private static Task<string> ReadAsync(TestKernel kernel, StoredFile file) => kernel.InScopeAsync(async scope =>
    {
        await using var stream = await scope.GetRequiredService<FileStore>().OpenAsync(file, Cancel);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancel);
    });

    private static MemoryStream Bytes(string content) => new(Encoding.UTF8.GetBytes(content));

    /// <summary>Lets something happen while a sweep asks for the second time whether a content is named.</summary>
    private sealed class SecondLook : DbCommandInterceptor
    {
        private int looks;

        public Func<Task>? Act { get; set; }

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.Contains("FROM \"Files\"", StringComparison.Ordinal) && Act is { } act && ++looks == 2)
                await act();
            return result;
        }
    }
}
