using System.Globalization;
using DotLiquid;

namespace Approvals.Workflows;

/// <summary>
/// The filter <c>date</c> of templates by a clock that is given, in the time of Beijing: the library's own takes <c>now</c>, and every time
/// without an offset, from the machine.
/// </summary>
public static class LiquidDates
{
    private const string Clock = "clock";

    /// <summary>What a rendering has to be given for the filter.</summary>
    public static Hash By(TimeProvider clock) => new() { [Clock] = clock };

    /// <summary>
    /// The filter: <c>now</c>, <c>today</c>, seconds since 1970 or a date in words, by a format of .NET. What is no date stays as it is.
    /// </summary>
    public static string? Date(Context context, object? input, string? format)
    {
        DateTimeOffset? instant = input switch
        {
            DateTimeOffset given => given,
            DateTime given => BeijingTime.Instant(given),
            int or long or decimal or double => DateTimeOffset.UnixEpoch.AddSeconds(Convert.ToDouble(input, CultureInfo.InvariantCulture)),
            string text when text.Trim().ToLowerInvariant() is "now" or "today" => ((TimeProvider)context.Registers[Clock]).GetUtcNow(),
            string text when BeijingTime.TryParse(text, context.CurrentCulture, out var parsed) => parsed,
            _ => null,
        };
        return instant is { } found && !string.IsNullOrWhiteSpace(format)
            ? found.ToOffset(BeijingTime.Offset).ToString(format, context.CurrentCulture)
            : Values.ToText(input);
    }
}
