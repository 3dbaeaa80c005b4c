namespace Approvals.Web.Resources;

/// <summary>What the designer says of activities, their inputs and its short lists; see <see cref="Localisation.Wording.Designer"/>.</summary>
public sealed class DesignerTexts;
