namespace Approvals.Web.Resources;

/// <summary>Texts of the inbox; the Chinese text is the key.</summary>
public sealed class InboxTexts;
