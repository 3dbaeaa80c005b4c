using System.Globalization;

namespace Approvals.Benchmarks;

/// <summary>How busy the machine is; on a busy one the clock also measures the others.</summary>
internal static class MachineLoad
{
    /// <summary>For a figure's note.</summary>
    public static string Note => File.Exists("/proc/loadavg")
        ? string.Create(CultureInfo.InvariantCulture, $"load {File.ReadAllText("/proc/loadavg").Split(' ')[0]} on {Environment.ProcessorCount} cores")
        : $"{Environment.ProcessorCount} cores";
}
