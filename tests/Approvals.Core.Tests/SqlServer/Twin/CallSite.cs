using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Approvals.Core.Data;

namespace Approvals.Core.Tests.SqlServer.Twin;

/// <summary>Which method of the product is at work.</summary>
internal static partial class CallSite
{
    private const string OfATest = "test";

    private static readonly ConcurrentDictionary<MethodBase, string> Names = new();

    /// <summary>
    /// The innermost one on the stack, beside the context itself; null when there is none, or a test is at work: what waits for the
    /// product may go on upon its stack.
    /// </summary>
    public static string? Current()
    {
        foreach (var frame in new StackTrace(2, fNeedFileInfo: false).GetFrames())
        {
            if (frame.GetMethod() is { DeclaringType: not null } method && Names.GetOrAdd(method, Find) is { Length: > 0 } name)
                return name == OfATest ? null : name;
        }

        return null;
    }

    /// <summary>The method as it was written: the compiler puts what waits or is a lambda into classes of its own.</summary>
    /// <param name="type">Full name of the class, with what it is nested in.</param>
    /// <param name="method">Name of the method.</param>
    public static string NameOf(string type, string method)
    {
        var parts = type.Split('+', '/');
        var written = Written().Match(string.Join('/', parts.Skip(1).Append(method)));
        return $"{parts[0]}.{(written.Success ? written.Groups[1].Value : method)}";
    }

    /// <summary>Nothing for what belongs to others, to the context itself or to the twin.</summary>
    private static string Find(MethodBase method)
    {
        var type = method.DeclaringType!;
        var assembly = type.Assembly.GetName().Name!;
        if (!assembly.StartsWith("Approvals.", StringComparison.Ordinal) || type == typeof(ApprovalsDbContext)
            || type.DeclaringType == typeof(ApprovalsDbContext) || type.Namespace == typeof(CallSite).Namespace)
            return "";
        return assembly.EndsWith(".Tests", StringComparison.Ordinal)
            ? OfATest
            : NameOf((type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!, method.Name);
    }

    [GeneratedRegex(@"<(\w+)>")]
    private static partial Regex Written();
}
