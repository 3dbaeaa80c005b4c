namespace Approvals.Web.Resources;

/// <summary>Texts of the pages of accident insurance; the Chinese text is the key.</summary>
public sealed class InsuranceTexts;
