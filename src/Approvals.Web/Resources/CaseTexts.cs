namespace Approvals.Web.Resources;

/// <summary>Texts of the start, draft, case and task pages; the Chinese text is the key.</summary>
public sealed class CaseTexts;
