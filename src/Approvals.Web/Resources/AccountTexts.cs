namespace Approvals.Web.Resources;

/// <summary>Texts of signing in, the own account and its administration; the Chinese text is the key.</summary>
public sealed class AccountTexts;
