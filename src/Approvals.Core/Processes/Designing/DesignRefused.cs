namespace Approvals.Core.Processes.Designing;

/// <summary>An act of a process owner that was refused: nothing was changed, and these are the reasons, in Chinese, one a line.</summary>
public sealed class DesignRefused(IReadOnlyList<string> reasons) : Exception(string.Join("\n", reasons))
{
    /// <summary>Refuses for one reason.</summary>
    public DesignRefused(string reason) : this([reason])
    {
    }

    /// <summary>The reasons.</summary>
    public IReadOnlyList<string> Reasons { get; } = reasons;
}
