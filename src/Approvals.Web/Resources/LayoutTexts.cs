namespace Approvals.Web.Resources;

/// <summary>Texts of the frame around every page and of the error pages; the Chinese text is the key.</summary>
public sealed class LayoutTexts;
