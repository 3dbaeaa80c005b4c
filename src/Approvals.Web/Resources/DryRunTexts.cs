namespace Approvals.Web.Resources;

/// <summary>Texts of the pages of dry runs; the Chinese text is the key.</summary>
public sealed class DryRunTexts;
