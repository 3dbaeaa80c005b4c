namespace Approvals.Core.Notifications;

/// <summary>Puts what use cases say in Chinese into the language of whoever reads the mail.</summary>
public interface IMailWording
{
    /// <summary>The text in a language; as it is where there is no other wording, so that what people wrote stays.</summary>
    /// <param name="chinese">One line.</param>
    /// <param name="language">Two-letter code; null for Chinese.</param>
    string In(string chinese, string? language);
}

/// <summary>A host without other languages.</summary>
internal sealed class ChineseMails : IMailWording
{
    public string In(string chinese, string? language) => chinese;
}
