namespace Approvals.Web.Tests.Security.Access;

/// <summary>The ids of what a walk visits, by kind and, where there are several, by whose or of what.</summary>
public sealed class Things
{
    /// <summary>The counterpart of the application: another applicant's, vetted by another section.</summary>
    public const string Another = "another's";

    /// <summary>The handling of an objection to <see cref="Another"/>.</summary>
    public const string Objection = "objection";

    /// <summary>A mission that runs.</summary>
    public const string Mission = "mission";

    /// <summary>A purchase of insurance.</summary>
    public const string Insurance = "insurance";

    /// <summary>A claim of a rescue team.</summary>
    public const string Compensation = "compensation";

    /// <summary>Another rescue team's claim.</summary>
    public const string OtherCompensation = "other compensation";

    /// <summary>A claim of allowances.</summary>
    public const string Allowance = "allowance";

    /// <summary>The system administrator as a person of the list.</summary>
    public const string Systems = "system's";

    /// <summary>The security administrator as a person of the list.</summary>
    public const string Securitys = "security's";

    private readonly Dictionary<string, string> ids = new(StringComparer.Ordinal);

    /// <summary>A thing of a kind.</summary>
    public object this[string kind, string? of = null]
    {
        get => ids[Key(kind, of)];
        set => ids[Key(kind, of)] = value.ToString()!;
    }

    /// <summary>Whether there is such a thing.</summary>
    public bool Has(string kind, string? of) => ids.ContainsKey(Key(kind, of));

    private static string Key(string kind, string? of) => of is null ? kind : $"{kind} ({of})";
}
