using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>A choice of an input.</summary>
/// <param name="Value">What the definition stores.</param>
/// <param name="Text">What the process owner reads.</param>
public sealed record InputOption(string Value, string Text)
{
    /// <summary>Reads <c>value=text</c>, or a value that is its own text.</summary>
    public static InputOption Parse(string option)
    {
        var split = option.IndexOf('=', StringComparison.Ordinal);
        return split < 0 ? new(option, option) : new(option[..split], option[(split + 1)..]);
    }
}

/// <summary>Writes choices in the shape each of Studio's editors reads.</summary>
public static class OptionList
{
    /// <summary>Whether the editor shows choices.</summary>
    public static bool IsListOf(string uiHint) => uiHint is UiHints.DropDown or UiHints.RadioList or UiHints.CheckList;

    /// <summary>
    /// The UI specifications of an editor with these choices; empty for an editor without.
    /// </summary>
    /// <param name="uiHint">One of <see cref="UiHints"/>.</param>
    /// <param name="options">In the order they are to be shown.</param>
    /// <param name="refresh">
    /// Whether Studio asks the host when it draws the panel. Studio replaces the specifications of the activity type by the answer, and
    /// asks again only when the answer says so, too, or after the descriptors have been read anew.
    /// </param>
    public static JsonObject ToSpecifications(string uiHint, IEnumerable<InputOption> options, bool refresh)
    {
        var specification = new JsonObject();
        if (IsListOf(uiHint))
        {
            var items = new JsonArray([.. options.Select(option => Item(option, uiHint == UiHints.CheckList))]);
            var list = new JsonObject { ["items"] = items, ["isFlagsEnum"] = false };
            if (uiHint == UiHints.DropDown)
                list["sortItems"] = false;
            specification[uiHint] = new JsonObject { [NameOf(uiHint)] = list };
        }

        if (refresh)
            specification["Refresh"] = true;
        return specification;
    }

    private static string NameOf(string uiHint) => uiHint switch
    {
        UiHints.DropDown => "selectList",
        UiHints.RadioList => "radioList",
        _ => "checkList",
    };

    private static JsonObject Item(InputOption option, bool checkable)
    {
        var item = new JsonObject { ["text"] = option.Text, ["value"] = option.Value };
        if (checkable)
            item["isChecked"] = false;
        return item;
    }
}
