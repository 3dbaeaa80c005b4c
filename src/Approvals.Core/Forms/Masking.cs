namespace Approvals.Core.Forms;

/// <summary>Masks personal data for lists and public pages (脱敏). What is too short to mask safely becomes stars.</summary>
public static class Masking
{
    /// <summary>500***********1234: three first, four last.</summary>
    public static string IdentityNumber(string? text) => Keep(text, 3, 4);

    /// <summary>138****1234: three first, four last.</summary>
    public static string Phone(string? text) => Keep(text, 3, 4);

    /// <summary>张**: the first character.</summary>
    public static string Name(string? text) => Keep(text, 1, 0);

    /// <summary>z***@example.cn: the first character and the domain.</summary>
    public static string Email(string? text)
    {
        var at = text?.IndexOf('@') ?? -1;
        return at < 1 ? Keep(text, 0, 0) : $"{text![0]}***{text[at..]}";
    }

    /// <summary>Masks by sensitivity.</summary>
    public static string Apply(Sensitivity sensitivity, string? text) => sensitivity switch
    {
        Sensitivity.Name => Name(text),
        Sensitivity.IdentityNumber => IdentityNumber(text),
        Sensitivity.Phone => Phone(text),
        Sensitivity.Email => Email(text),
        _ => text ?? "",
    };

    private static string Keep(string? text, int first, int last) =>
        string.IsNullOrEmpty(text) ? ""
        : text.Length <= first + last ? new string('*', text.Length)
        : string.Concat(text.AsSpan(0, first), new string('*', text.Length - first - last), text.AsSpan(text.Length - last));
}
