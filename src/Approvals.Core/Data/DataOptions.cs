namespace Approvals.Core.Data;

/// <summary>Section <c>Data</c> of the configuration: where the product keeps what is not in the database.</summary>
public sealed class DataOptions
{
    /// <summary>Folder for file contents, the SQLite database, the mail pick-up directory and audit checkpoints.</summary>
    public string Folder { get; set; } = "data";

    /// <summary>Where file contents lie.</summary>
    public string FilesFolder => Path.Combine(Folder, "files");

    /// <summary>Where mails wait to be picked up when no server is configured.</summary>
    public string MailFolder => Path.Combine(Folder, "mail");

    /// <summary>
    /// Folder of the keys: audit checkpoints, bank accounts, draws, cookies. Null for <c>keys</c> in <see cref="Folder"/>.
    /// </summary>
    public string? KeyFolder { get; set; }

    /// <summary>Where a key lies.</summary>
    public string KeyPath(string fileName) => Path.Combine(KeyFolder ?? Path.Combine(Folder, "keys"), fileName);

    /// <summary>
    /// Folder of the audit checkpoints; null for <c>audit-checkpoints</c> in <see cref="Folder"/>. Best on another disk or machine than
    /// the database, so that nobody can rewrite both.
    /// </summary>
    public string? CheckpointFolder { get; set; }
}
