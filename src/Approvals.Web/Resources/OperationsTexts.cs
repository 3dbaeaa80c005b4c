namespace Approvals.Web.Resources;

/// <summary>Texts of the pages for jobs and the audit chain; the Chinese text is the key.</summary>
public sealed class OperationsTexts;
