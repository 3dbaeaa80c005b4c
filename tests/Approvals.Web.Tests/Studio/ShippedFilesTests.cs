using Approvals.Web.Cli;

namespace Approvals.Web.Tests.Studio;

/// <summary>
/// The shipped processes go through the database and come out as they were. A product for each test: the order of tests depends on
/// where the clone lies, and one of them changes a process.
/// </summary>
public sealed class ShippedFilesTests : IAsyncDisposable
{
    private readonly StudioApp studio = new();

    public ValueTask DisposeAsync() => studio.DisposeAsync();

    private static string Shipped => Path.Combine(AppContext.BaseDirectory, "workflows");

    [Fact]
    public async Task Exporting_what_was_imported_gives_the_very_same_files()
    {
        var folder = Directory.CreateTempSubdirectory("export-").FullName;

        Assert.Equal(0, await CommandLine.RunAsync(studio.App.Services, ["export", "--to", folder]));

        var shipped = Files(Shipped);
        var exported = Files(folder);
        Assert.Equal(shipped.Keys.Where(path => !path.StartsWith("dictionaries", StringComparison.Ordinal)), exported.Keys.Where(path => !path.StartsWith("dictionaries", StringComparison.Ordinal)));
        Assert.All(exported, file => Assert.Equal(shipped[file.Key], file.Value));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task After_a_change_in_the_designer_only_that_change_differs_in_the_file()
    {
        using var owner = await studio.OwnerAsync();
        var opened = await owner.OpenAsync("commander-appointment");
        var activities = opened["root"]!["activities"]!.AsArray();
        var step = activities.Single(one => (string)one!["id"]! == "recommend");
        step!["approveLabel"]!["expression"]!["value"] = "同意推荐该同志";
        activities.Remove(step);
        activities.Insert(0, step);
        var saved = await owner.SaveAsync(opened, publish: true);
        Assert.True(saved.Message.IsSuccessStatusCode, saved.Text);
        var folder = Directory.CreateTempSubdirectory("export-").FullName;

        Assert.Equal(0, await CommandLine.RunAsync(studio.App.Services, ["export", "commander-appointment", "--to", folder]));

        var before = Files(Shipped)["commander-appointment/workflow.json"].Split('\n');
        var after = Files(folder)["commander-appointment/workflow.json"].Split('\n');
        Assert.Equal(before.Length, after.Length);
        Assert.Equal(
            ["  \"version\": 2,", "            \"value\": \"同意推荐该同志\""],
            after.Zip(before).Where(pair => pair.First != pair.Second).Select(pair => pair.First));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_unknown_process_and_a_missing_folder_are_told()
    {
        Assert.Equal(1, await CommandLine.RunAsync(studio.App.Services, ["export", "nobody", "--to", Path.GetTempPath()]));
        Assert.Equal(2, await CommandLine.RunAsync(studio.App.Services, ["export", "commander-appointment"]));
    }

    /// <summary>Without the English of a process, which is no part of it and stays in its folder.</summary>
    private static SortedDictionary<string, string> Files(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".en.json", StringComparison.Ordinal))
            .ToDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllText),
        StringComparer.Ordinal);
}
