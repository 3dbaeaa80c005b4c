using System.Text.Json.Serialization;

namespace Approvals.Core.Forms;

/// <summary>One field of a form, or one column of repeating rows.</summary>
public sealed record FormField
{
    /// <summary>Key in the case data: a letter, then letters and digits.</summary>
    public required string Key { get; init; }

    /// <summary>What it holds.</summary>
    public required FieldType Type { get; init; }

    /// <summary>Chinese caption.</summary>
    public required string Label { get; init; }

    /// <summary>English caption.</summary>
    public string? LabelEn { get; init; }

    /// <summary>One sentence under the input.</summary>
    public string? Help { get; init; }

    /// <summary>The same in English.</summary>
    public string? HelpEn { get; init; }

    /// <summary>What to read where nothing was entered, e.g. 至今 for a post that is still held; null for an empty place.</summary>
    public string? WhenEmpty { get; init; }

    /// <summary>The same in English.</summary>
    public string? WhenEmptyEn { get; init; }

    /// <summary>Key of the section it is grouped under; null for none.</summary>
    public string? Section { get; init; }

    /// <summary>Must be given at every step that may edit it.</summary>
    public bool Required { get; init; }

    /// <summary>Must be given only at these steps (rights keys).</summary>
    public IReadOnlyList<string> RequiredAt { get; init; } = [];

    /// <summary>Not demanded, but named among what is missing: a finding will say that it is not there.</summary>
    public bool Advised { get; init; }

    /// <summary>Least number, amount, count of rows or of files.</summary>
    public decimal? Min { get; init; }

    /// <summary>Greatest number, amount, count of rows or of files.</summary>
    public decimal? Max { get; init; }

    /// <summary>Key of the regulation parameter that gives the least number or amount.</summary>
    public string? MinParameter { get; init; }

    /// <summary>Key of the regulation parameter that gives the least age in completed years; for identity numbers.</summary>
    public string? MinAgeParameter { get; init; }

    /// <summary>Least length of a text in characters.</summary>
    public int? MinLength { get; init; }

    /// <summary>Greatest length of a text in characters; 200 for one line and 4,000 for several when not given.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Regular expression the whole text must match (.NET, non-backtracking).</summary>
    public string? Pattern { get; init; }

    /// <summary>What to say when it does not match; required with a pattern.</summary>
    public string? PatternMessage { get; init; }

    /// <summary>What a dry run enters into a text, where nothing made from the definition would be taken.</summary>
    public string? Sample { get; init; }

    /// <summary>Known shape of a text.</summary>
    public TextFormat Format { get; init; }

    /// <summary>A date must not lie after today.</summary>
    public bool NotInFuture { get; init; }

    /// <summary>Key of a date field (in rows: of the same row) this date must not lie before.</summary>
    public string? NotBefore { get; init; }

    /// <summary>A declaration must be ticked before the form can be submitted.</summary>
    public bool MustBeTrue { get; init; }

    /// <summary>Name of the dictionary of a choice.</summary>
    public string? Dictionary { get; init; }

    /// <summary>Shown, taken and checked only under this condition.</summary>
    public FieldCondition? VisibleWhen { get; init; }

    /// <summary>Attachments must be scans: PDF or pictures, no office files.</summary>
    public bool ScansOnly { get; init; }

    /// <summary>How it is masked in lists.</summary>
    public Sensitivity Sensitive { get; init; }

    /// <summary>Columns of repeating rows.</summary>
    public IReadOnlyList<FormField> Columns { get; init; } = [];

    /// <summary>Function of a computed field, e.g. <c>birthDateFromId(identityNumber)</c>.</summary>
    public string? Compute { get; init; }

    /// <summary>Printed behind the value, e.g. 年.</summary>
    public string? Suffix { get; init; }

    /// <summary><see cref="Compute"/> as parsed; null for other fields.</summary>
    [JsonIgnore]
    public ComputeCall? Call { get; init; }

    /// <summary>True when the value lies in the case's attachments and not in the data.</summary>
    [JsonIgnore]
    public bool IsFile => Type is FieldType.Photo or FieldType.Attachments or FieldType.Signature;

    /// <summary>True when the value is picked from choices, whose name is kept beside the value.</summary>
    [JsonIgnore]
    public bool IsPicked => Type is FieldType.Choice or FieldType.Person or FieldType.Unit;

    /// <summary>Data key of the name kept beside a picked value.</summary>
    [JsonIgnore]
    public string NameKey => Key + "Name";

    /// <summary>Caption in the language, Chinese when there is none.</summary>
    public string LabelIn(bool english) => english ? LabelEn ?? Label : Label;

    /// <summary>Help in the language, Chinese when there is none.</summary>
    public string? HelpIn(bool english) => english ? HelpEn ?? Help : Help;
}

/// <summary>A group of fields with a heading.</summary>
/// <param name="Key">Key that fields name.</param>
/// <param name="Title">Chinese heading.</param>
/// <param name="TitleEn">English heading.</param>
public sealed record FormSection(string Key, string Title, string? TitleEn = null);

/// <summary>A condition on another field of the form: its value as text equals one of the values.</summary>
/// <param name="Field">Key of the other field.</param>
/// <param name="In">Values; a boolean is <c>true</c> or <c>false</c>.</param>
public sealed record FieldCondition(string Field, IReadOnlyList<string> In);
