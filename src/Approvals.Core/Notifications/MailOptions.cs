namespace Approvals.Core.Notifications;

/// <summary>Section <c>Smtp</c>: how mail is sent.</summary>
public sealed class MailOptions
{
    /// <summary>Mail server; null or empty writes .eml files into the data folder's <c>mail</c> instead.</summary>
    public string? Host { get; set; }

    /// <summary>Port.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Encryption: <c>None</c>, <c>StartTls</c> (default) or <c>SslOnConnect</c>.</summary>
    public string Security { get; set; } = "StartTls";

    /// <summary>User; null without authentication.</summary>
    public string? User { get; set; }

    /// <summary>Password of the user.</summary>
    public string? Password { get; set; }

    /// <summary>Sender's address.</summary>
    public string From { get; set; } = "approvals@localhost";

    /// <summary>Sender's name.</summary>
    public string FromName { get; set; } = "应急管理审批系统";

    /// <summary>Address people reach the product at, for links, e.g. <c>https://approvals.example.gov.cn</c>.</summary>
    public string PublicUrl { get; set; } = "http://localhost:5080";
}
