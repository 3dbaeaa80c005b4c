namespace Approvals.Web.Resources;

/// <summary>
/// What checking, comparing, saving, moving and trying out a process says in Chinese, also its compiler and runtime; see
/// <see cref="Localisation.Wording"/>.
/// </summary>
public sealed class DesigningTexts;
