using System.Net;
using System.Text.RegularExpressions;

namespace Approvals.Web.Tests.Infrastructure;

/// <summary>A form as a browser would send it: every control with its present value, the anti-forgery token among them.</summary>
public sealed partial class HtmlForm
{
    private readonly List<KeyValuePair<string, string>> values = [];

    /// <summary>Where it is sent.</summary>
    public required string Action { get; set; }

    /// <summary>Names and values in document order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Values => values;

    /// <summary>The first value of a name; null when the form has no such control.</summary>
    public string? this[string name] => values.Where(pair => pair.Key == name).Select(pair => pair.Value).FirstOrDefault();

    /// <summary>Types into a control, or adds one, as the button that is pressed.</summary>
    public HtmlForm Set(string name, string value)
    {
        values.RemoveAll(pair => pair.Key == name);
        values.Add(new(name, value));
        return this;
    }

    /// <summary>Ticks one of several boxes of a name.</summary>
    public HtmlForm Tick(string name, string value)
    {
        values.Add(new(name, value));
        return this;
    }

    /// <summary>Presses a button that sends the form elsewhere (<c>formaction</c>).</summary>
    public HtmlForm To(string action)
    {
        Action = action;
        return this;
    }

    /// <summary>Leaves a control out.</summary>
    public HtmlForm Without(string name)
    {
        values.RemoveAll(pair => pair.Key == name);
        return this;
    }

    /// <summary>The page's form whose markup contains <paramref name="marker"/>, e.g. the name of one of its controls.</summary>
    /// <exception cref="InvalidOperationException">The page has no such form.</exception>
    public static HtmlForm Find(string html, string pageAddress, string marker)
    {
        var match = FormMarkup().Matches(html).FirstOrDefault(form => form.Value.Contains(marker, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"The page {pageAddress} has no form with {marker}:\n{html}");
        var action = Attribute(match.Groups["attributes"].Value, "action");
        var form = new HtmlForm { Action = string.IsNullOrEmpty(action) ? pageAddress : action };
        form.ReadControls(match.Groups["body"].Value);
        return form;
    }

    private void ReadControls(string body)
    {
        foreach (Match control in Control().Matches(body))
        {
            var attributes = control.Groups["attributes"].Value;
            if (Attribute(attributes, "name") is not { } name || Has(attributes, "disabled"))
            {
                continue;
            }

            var value = control.Groups["tag"].Value switch
            {
                "textarea" => WebUtility.HtmlDecode(control.Groups["inner"].Value).TrimStart('\n'),
                "select" => Chosen(control.Groups["options"].Value),
                _ => InputValue(attributes),
            };
            if (value is not null)
            {
                values.Add(new(name, value));
            }
        }
    }

    private static string? InputValue(string attributes) => Attribute(attributes, "type") switch
    {
        "submit" or "button" or "reset" or "file" or "image" => null,
        "checkbox" or "radio" when !Has(attributes, "checked") => null,
        "checkbox" or "radio" => Attribute(attributes, "value") ?? "on",
        _ => Attribute(attributes, "value") ?? "",
    };

    private static string? Chosen(string options)
    {
        var all = Option().Matches(options);
        var chosen = all.FirstOrDefault(option => Has(option.Groups["attributes"].Value, "selected")) ?? all.FirstOrDefault();
        return chosen is null
            ? null
            : Attribute(chosen.Groups["attributes"].Value, "value") ?? WebUtility.HtmlDecode(chosen.Groups["text"].Value.Trim());
    }

    private static string? Attribute(string attributes, string name)
    {
        var match = Regex.Match(attributes, $"(?:^|\\s){Regex.Escape(name)}=\"(?<value>[^\"]*)\"");
        return match.Success ? WebUtility.HtmlDecode(match.Groups["value"].Value) : null;
    }

    private static bool Has(string attributes, string name) => Regex.IsMatch(attributes, $"(?:^|\\s){name}(?:[\\s=/]|$)");

    [GeneratedRegex("<form(?<attributes>[^>]*)>(?<body>.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex FormMarkup();

    [GeneratedRegex(
        "<(?<tag>input)(?<attributes>[^>]*)>|<(?<tag>textarea)(?<attributes>[^>]*)>(?<inner>.*?)</textarea>"
        + "|<(?<tag>select)(?<attributes>[^>]*)>(?<options>.*?)</select>", RegexOptions.Singleline)]
    private static partial Regex Control();

    [GeneratedRegex("<option(?<attributes>[^>]*)>(?<text>[^<]*)", RegexOptions.Singleline)]
    private static partial Regex Option();
}
