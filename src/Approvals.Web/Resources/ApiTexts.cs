namespace Approvals.Web.Resources;

/// <summary>Texts of the HTTP API's problem details; the Chinese text is the key.</summary>
public sealed class ApiTexts;
