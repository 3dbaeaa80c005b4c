namespace Approvals.Web.Resources;

/// <summary>Texts of the process owner's list and of the pages that publish and compare; the Chinese text is the key.</summary>
public sealed class ProcessTexts;
