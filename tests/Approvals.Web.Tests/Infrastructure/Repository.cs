namespace Approvals.Web.Tests.Infrastructure;

/// <summary>The repository that the tests were built in: some read its sources, processes and documents.</summary>
internal static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Approvals.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Approvals.sln is not above the test program.");
        return folder;
    }
}
