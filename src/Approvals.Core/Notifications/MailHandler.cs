using System.Text.Json;
using Approvals.Core.Data;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Approvals.Core.Notifications;

/// <summary>Sends <c>mail</c> messages by SMTP, or into a pick-up folder when no server is configured.</summary>
public sealed class MailHandler(
    ApprovalsDbContext db, IMailWording wording, IOptions<MailOptions> options, IOptions<DataOptions> data, TimeProvider time) : IOutboxHandler
{
    /// <summary>
    /// How long the mail server may take for one mail, from the connection on. MailKit waits two minutes for each answer, and a server that
    /// hangs would hold up all the other messages for as long.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly MailOptions settings = options.Value;

    /// <inheritdoc />
    public string Kind => "mail";

    /// <inheritdoc />
    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.Deserialize<MailPayload>(message.Payload, JsonSerializerOptions.Web)!;
        var person = await db.People.AsNoTracking()
            .Where(row => row.Id == payload.PersonId && row.IsActive)
            .Select(row => new { row.Name, row.Email, row.Language })
            .SingleOrDefaultAsync(cancellationToken);
        if (person?.Email is not { Length: > 0 } address)
        {
            // The line in the app is all this person gets; that is not a fault to retry.
            return;
        }

        using var mail = Compose(message, InLanguageOf(payload, person.Language), new MailboxAddress(person.Name, address));
        if (settings.Host is not { Length: > 0 } host)
        {
            await PickUpAsync(mail, message.Id, cancellationToken);
        }
        else
        {
            await SendAsync(mail, host, cancellationToken);
        }
    }

    /// <summary>The first line is the product's; below it may stand what somebody wrote, and that stays as it is.</summary>
    private MailPayload InLanguageOf(MailPayload payload, string? language)
    {
        var said = payload.Text.IndexOf('\n') is var end and >= 0 ? payload.Text[..end] : payload.Text;
        return payload with
        {
            Subject = wording.In(payload.Subject, language), Text = wording.In(said, language) + payload.Text[said.Length..],
        };
    }

    private MimeMessage Compose(OutboxMessage message, MailPayload payload, MailboxAddress to)
    {
        var link = payload.Link is null ? "" : "\n\n" + settings.PublicUrl.TrimEnd('/') + payload.Link;
        var mail = new MimeMessage
        {
            // Derived from the key, so that a mail sent twice after a crash is recognised by mail programs as the same one.
            MessageId = $"{message.Key.Replace(':', '.')}@{new Uri(settings.PublicUrl).Host}",
            Subject = payload.Subject,
            Date = message.CreatedAt,
            Body = new TextPart("plain") { Text = payload.Text + link },
        };
        mail.From.Add(new MailboxAddress(settings.FromName, settings.From));
        mail.To.Add(to);
        return mail;
    }

    private async Task PickUpAsync(MimeMessage mail, Guid id, CancellationToken cancellationToken)
    {
        var folder = data.Value.MailFolder;
        PrivateFolder.Create(folder);

        // Race closed: a message that is taken over while its first worker still writes, and whoever empties the folder: under its name a mail
        // is always whole, and written twice it is the same one.
        var written = Path.Combine(folder, $".{id:N}.{SortableId.New():N}.tmp");
        try
        {
            // What a worker that was killed had begun of this mail. One that still writes finds its piece gone and has failed; whoever comes
            // here last writes after every such look, so one of them always gets through.
            foreach (var leftover in Directory.EnumerateFiles(folder, $".{id:N}.*.tmp"))
                File.Delete(leftover);
            await mail.WriteToAsync(written, cancellationToken);
            File.Move(written, Path.Combine(folder, $"{id:N}.eml"), overwrite: true);
        }
        finally
        {
            File.Delete(written);
        }
    }

    /// <exception cref="TimeoutException">The server took longer than <see cref="Patience"/>.</exception>
    private async Task SendAsync(MimeMessage mail, string host, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await SendWithinAsync(mail, host, either.Token);
        }
        catch (OperationCanceledException late) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Said as what it is: the worker, and whoever reads the row, must not take it for a stop of the product.
            throw new TimeoutException($"The mail server took longer than {Patience.TotalSeconds:0} seconds.", late);
        }
    }

    private async Task SendWithinAsync(MimeMessage mail, string host, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        await client.ConnectAsync(
            host, settings.Port, Enum.Parse<SecureSocketOptions>(settings.Security, ignoreCase: true), cancellationToken);
        if (settings.User is { Length: > 0 } user)
        {
            await client.AuthenticateAsync(user, settings.Password ?? "", cancellationToken);
        }

        await client.SendAsync(mail, cancellationToken);

        // The server has taken the mail: without a farewell, whose slowness would have it sent again.
        await client.DisconnectAsync(quit: false, cancellationToken);
    }
}
