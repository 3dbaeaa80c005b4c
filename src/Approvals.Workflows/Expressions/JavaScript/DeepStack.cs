using System.Runtime.ExceptionServices;

namespace Approvals.Workflows;

/// <summary>
/// Runs a script on a stack so deep that nothing which fits into its memory overflows it. Built-in functions follow what a loop has nested
/// call by call, and a stack that overflows ends the whole server: no exception, no incident. Only what is used of the stack takes memory.
/// </summary>
internal static class DeepStack
{
    private const int Bytes = 256 * 1024 * 1024;

    /// <summary>Does the work, while the caller waits; what it throws is thrown here.</summary>
    public static T Run<T>(Func<T> work)
    {
        var (result, fault) = (default(T)!, default(ExceptionDispatchInfo));
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = work();
                }
                catch (Exception e)
                {
                    // Thrown again where the work was asked for.
                    fault = ExceptionDispatchInfo.Capture(e);
                }
            },
            Bytes) { IsBackground = true, Name = "script" };
        thread.Start();
        thread.Join();
        fault?.Throw();
        return result;
    }
}
