using System.Globalization;
using Approvals.Workflows;
using DotLiquid;
using DotLiquid.Exceptions;

namespace Approvals.Core.Certificates;

/// <summary>
/// Renders the Liquid of document texts. Only plain values go in, so a text can reach nothing but them; loops are limited.
/// </summary>
public static class DocumentLiquid
{
    private const int MaxIterations = 10_000;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(2);

    /// <summary>Reads one template without rendering it, so that what cannot be read is refused before a case meets it.</summary>
    /// <param name="template">Liquid.</param>
    /// <exception cref="FormatException">The template is wrong; the message says why.</exception>
    public static void Check(string template)
    {
        try
        {
            Template.Parse(template);
        }
        catch (LiquidException error)
        {
            throw Wrong(error);
        }

        if (LiquidSyntax.ProblemOf(template, typeof(LiquidDates)) is { } problem)
        {
            throw new FormatException($"文书模板有误：{problem}");
        }
    }

    /// <summary>Renders one template.</summary>
    /// <param name="template">Liquid.</param>
    /// <param name="values">What it may print.</param>
    /// <param name="clock">What it takes for now.</param>
    /// <exception cref="FormatException">The template is wrong; the message says why.</exception>
    public static string Render(string template, IReadOnlyDictionary<string, object?> values, TimeProvider clock)
    {
        if (!template.Contains('{', StringComparison.Ordinal))
        {
            return template;
        }

        try
        {
            var parsed = Template.Parse(template);
            var hash = Hash.FromDictionary(values.ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal));
            return parsed.Render(new RenderParameters(CultureInfo.InvariantCulture)
            {
                LocalVariables = hash,
                Filters = [typeof(LiquidDates)],
                Registers = LiquidDates.By(clock),
                ErrorsOutputMode = ErrorsOutputMode.Rethrow,
                MaxIterations = MaxIterations,
                Timeout = (int)TimeLimit.TotalMilliseconds,
            });
        }
        catch (Exception error) when (error is LiquidException or MaximumIterationsExceededException)
        {
            throw Wrong(error);
        }
    }

    private static FormatException Wrong(Exception error) => new($"文书模板有误：{error.Message}", error);
}
