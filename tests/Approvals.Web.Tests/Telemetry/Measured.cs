using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Approvals.Core.Telemetry;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Telemetry;

/// <summary>A collector of one host's own meter.</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentQueue<(string Name, double Value, string Tags)> measured = new();

    public Measured(TestApp app)
    {
        var host = app.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == Measures.MeterName && ReferenceEquals(instrument.Meter.Scope, host))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument.Name, value, tags));
        listener.Start();
    }

    /// <summary>Everything that was measured, as a text.</summary>
    public string Text => string.Join('\n', measured.Select(one => $"{one.Name} {one.Value} {one.Tags}"));

    /// <summary>The sum of an instrument's measurements whose tags contain a text.</summary>
    public double Sum(string name, string tags = "") =>
        measured.Where(one => one.Name == name && one.Tags.Contains(tags, StringComparison.Ordinal)).Sum(one => one.Value);

    /// <summary>How often an instrument was used.</summary>
    public int Count(string name, string tags = "") =>
        measured.Count(one => one.Name == name && one.Tags.Contains(tags, StringComparison.Ordinal));

    /// <summary>Reads the gauges.</summary>
    public void Collect() => listener.RecordObservableInstruments();

    public void Dispose() => listener.Dispose();

    private void Keep(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        measured.Enqueue((name, value, string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
}
