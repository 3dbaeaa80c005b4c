namespace Approvals.Web.Resources;

/// <summary>Texts of the pages of events and missions; the Chinese text is the key.</summary>
public sealed class MissionTexts;
