namespace Approvals.Web.Resources;

/// <summary>Texts of the process owner's list; the Chinese text is the key.</summary>
public sealed class ProcessTexts;
