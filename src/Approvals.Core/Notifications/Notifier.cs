using Approvals.Core.Data;

namespace Approvals.Core.Notifications;

/// <summary>Payload of a <c>mail</c> message; the address is read when it is sent, so a corrected address counts.</summary>
/// <param name="PersonId">To whom.</param>
/// <param name="Subject">Subject line.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Link">Path of ours, made absolute when it is sent; null for none.</param>
public sealed record MailPayload(Guid PersonId, string Subject, string Text, string? Link);

/// <summary>Tells a person something: a line in the app, and a mail when they have an address. Scoped.</summary>
public sealed class Notifier(LateRows late, Outbox outbox, TimeProvider time)
{
    /// <summary>Adds the line and the mail to the running <see cref="UnitOfWork"/>.</summary>
    /// <param name="personId">To whom.</param>
    /// <param name="text">One Chinese sentence, at most 500 characters.</param>
    /// <param name="link">Path of ours it leads to; null for none.</param>
    /// <param name="mailSubject">Subject of the mail; null to send none.</param>
    /// <param name="mailText">Text of the mail; null for <paramref name="text"/>.</param>
    public void Tell(Guid personId, string text, string? link = null, string? mailSubject = null, string? mailText = null)
    {
        var notification = new Notification { PersonId = personId, Text = text, Link = link, At = time.GetUtcNow() };
        late.Add(notification);
        if (mailSubject is not null)
        {
            outbox.Enqueue(
                $"mail:{notification.Id:N}", "mail", new MailPayload(personId, mailSubject, mailText ?? text, link),
                isNew: true);
        }
    }
}
