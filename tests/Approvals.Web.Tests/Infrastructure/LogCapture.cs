using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Approvals.Web.Tests.Infrastructure;

/// <summary>Keeps every log line of the product as it would be written, properties and faults included.</summary>
public sealed class LogCapture : ILogEventSink
{
    private static readonly CompactJsonFormatter Formatter = new();

    private readonly ConcurrentQueue<string> lines = new();

    /// <summary>What has been written.</summary>
    public IReadOnlyCollection<string> Lines => lines;

    /// <summary>Levels as shipped.</summary>
    public static IReadOnlyDictionary<string, string?> ShippedLevels { get; } =
        new Dictionary<string, string?> { ["Serilog:MinimumLevel:Override:Approvals"] = "Information", ["Serilog:MinimumLevel:Override:Serilog"] = "Information" };

    /// <summary>Registers it.</summary>
    public void AddTo(IServiceCollection services) => services.AddSingleton<ILogEventSink>(this);

    /// <inheritdoc />
    public void Emit(LogEvent logEvent)
    {
        using var line = new StringWriter(CultureInfo.InvariantCulture);
        Formatter.Format(logEvent, line);
        lines.Enqueue(System.Text.RegularExpressions.Regex.Unescape(line.ToString()));
    }
}
