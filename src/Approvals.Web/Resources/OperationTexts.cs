namespace Approvals.Web.Resources;

/// <summary>Texts of the list of cases and of the administrators' lists; the Chinese text is the key.</summary>
public sealed class OperationTexts;
