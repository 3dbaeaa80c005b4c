namespace Approvals.Web.Resources;

/// <summary>Texts of forms and of the pages for parameters and calendar; the Chinese text is the key.</summary>
public sealed class FormsTexts;
