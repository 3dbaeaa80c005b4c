namespace Approvals.Web.Resources;

/// <summary>Sentences that the use cases say and store in Chinese; see <see cref="Localisation.Wording"/>.</summary>
public sealed class SaidTexts;
