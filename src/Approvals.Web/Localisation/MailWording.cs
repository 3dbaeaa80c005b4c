using Approvals.Core.Notifications;

namespace Approvals.Web.Localisation;

/// <summary>Mails in English for those who read English, in the words of the pages.</summary>
internal sealed class MailWording(Wording wording) : IMailWording
{
    public string In(string chinese, string? language) => language == "en" ? wording.InEnglish(chinese) : chinese;
}
