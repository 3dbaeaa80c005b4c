namespace Approvals.Web.Resources;

/// <summary>Texts of the pages of draws; the Chinese text is the key.</summary>
public sealed class DrawTexts;
