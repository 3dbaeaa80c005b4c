namespace Approvals.Web.Resources;

/// <summary>Texts of the pages of allowances; the Chinese text is the key.</summary>
public sealed class AllowanceTexts;
