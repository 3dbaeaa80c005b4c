namespace Approvals.Core.Timers;

/// <summary>What of a fault may be kept in a row and shown to an administrator.</summary>
public static class ErrorText
{
    /// <summary>
    /// Type names from the outside in. Messages are left out: mail servers and databases quote addresses and values in them.
    /// </summary>
    public static string Of(Exception exception)
    {
        var names = new List<string>();
        for (var current = exception; current is not null && names.Count < 4; current = current.InnerException)
        {
            names.Add(current switch
            {
                HttpRequestException { StatusCode: { } status } => $"HTTP {(int)status}",
                MailKit.Net.Smtp.SmtpCommandException smtp => $"SMTP {(int)smtp.StatusCode}",
                _ => current.GetType().Name,
            });
        }

        return string.Join(" ← ", names);
    }
}
