namespace Approvals.Core.Tests.SqlServer;

/// <summary>The list of what may be missed, <c>not-taken-down.txt</c>: a method and the reason in each line.</summary>
internal static class NotTakenDown
{
    /// <summary>Methods as <see cref="Twin.CallSite"/> names them, with the reason.</summary>
    public static IReadOnlyDictionary<string, string> Read()
    {
        using var stream = typeof(NotTakenDown).Assembly.GetManifestResourceStream("sqlserver.not-taken-down.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(": ", 2)).ToDictionary(parts => parts[0], parts => parts.ElementAtOrDefault(1) ?? "");
    }
}
