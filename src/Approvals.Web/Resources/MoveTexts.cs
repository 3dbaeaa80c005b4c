namespace Approvals.Web.Resources;

/// <summary>Texts of the page that moves running cases; the Chinese text is the key.</summary>
public sealed class MoveTexts;
