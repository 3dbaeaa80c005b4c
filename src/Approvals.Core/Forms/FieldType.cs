namespace Approvals.Core.Forms;

/// <summary>What a field holds and how its value lies in the case data (JSON object: field key → value).</summary>
public enum FieldType
{
    /// <summary>One line; a JSON string.</summary>
    Text,

    /// <summary>Several lines; a JSON string with \n.</summary>
    LongText,

    /// <summary>A JSON number.</summary>
    Number,

    /// <summary>Yuan; a decimal string with two places such as "1000000.00", so that no script ever rounds it as a double.</summary>
    Money,

    /// <summary>A string yyyy-MM-dd.</summary>
    Date,

    /// <summary>Code of a dictionary item; <c>&lt;key&gt;Name</c> beside it holds the item's name when it was chosen.</summary>
    Choice,

    /// <summary>Id of a person; <c>&lt;key&gt;Name</c> beside it holds the name when it was chosen.</summary>
    Person,

    /// <summary>Id of an organisation unit; <c>&lt;key&gt;Name</c> beside it holds the name when it was chosen.</summary>
    Unit,

    /// <summary>A picture; lies in the case's attachments under the field key, not in the data.</summary>
    Photo,

    /// <summary>Files; lie in the case's attachments under the field key, not in the data.</summary>
    Attachments,

    /// <summary>A signature picture; lies in the case's attachments under the field key, not in the data.</summary>
    Signature,

    /// <summary>Repeating rows; an array of objects, column key → value.</summary>
    Rows,

    /// <summary>A declaration to tick; true or false.</summary>
    Boolean,

    /// <summary>Derived from other fields by a named function; never taken from input.</summary>
    Computed,
}

/// <summary>A known shape of a text.</summary>
public enum TextFormat
{
    /// <summary>Any text.</summary>
    None,

    /// <summary>公民身份号码, GB 11643-1999.</summary>
    IdentityNumber,

    /// <summary>A mobile number of mainland China, or a landline with area code.</summary>
    Phone,

    /// <summary>A mail address.</summary>
    Email,
}

/// <summary>How a value is masked in lists and on public pages.</summary>
public enum Sensitivity
{
    /// <summary>Shown as it is.</summary>
    None,

    /// <summary>张**.</summary>
    Name,

    /// <summary>500***********1234.</summary>
    IdentityNumber,

    /// <summary>138****1234.</summary>
    Phone,

    /// <summary>z***@example.cn.</summary>
    Email,
}

/// <summary>What the people of a step may do with a field; ordered from least to most.</summary>
public enum FieldRight
{
    /// <summary>Not shown and not sent.</summary>
    Hidden,

    /// <summary>Shown, not taken from input.</summary>
    Read,

    /// <summary>Shown as an input.</summary>
    Edit,
}
