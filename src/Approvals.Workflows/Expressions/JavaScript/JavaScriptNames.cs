namespace Approvals.Workflows;

/// <summary>How names become parts of JavaScript identifiers, as in <c>getAmount()</c>.</summary>
internal static class JavaScriptNames
{
    /// <summary>The name with its first letter in upper case.</summary>
    public static string Pascal(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];
}
