namespace Approvals.Web.Resources;

/// <summary>Texts of the area's pages; the Chinese text is the key.</summary>
public sealed class FinanceTexts;
