namespace Approvals.Web.Resources;

/// <summary>Texts of the pages around the designer; the Chinese text is the key.</summary>
public sealed class StudioTexts;
