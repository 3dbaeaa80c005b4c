using Approvals.Core.Certificates.Activities;
using Approvals.Workflows;

namespace Approvals.Core.Processes.Designing.Checks;

/// <summary>T§14: "每届任期5年". The regulation sets the term of an appointment, as a dated parameter; no drawing sets another.</summary>
internal static class TermChecks
{
    private const string IssueCertificate = "Approvals.IssueCertificate";

    public static IEnumerable<DesignFinding> Find(CheckedDesign design) => design.Activities
        .Where(node => node.Type == IssueCertificate && Input(node, nameof(IssueCertificateActivity.Years)) is { } years
            && (years.IsExpression || years.Values.Count > 0))
        .Select(node => (Node: node, Plan: CertificatePlan.Find(Input(node, nameof(IssueCertificateActivity.Kind))?.Values.FirstOrDefault())))
        .Where(found => found.Plan?.YearsParameter is not null)
        .Select(found => DesignFinding.At(
            found.Node, "term", ProblemSeverity.Error,
            $"{found.Plan!.Caption}的任期由法规参数“技术指挥官每届任期”规定（办法第十四条），请清空“有效期（年）”。"));

    private static StoredInput? Input(CompiledNode node, string name) =>
        node.Descriptor?.Inputs.FirstOrDefault(input => input.Name == name) is { } input ? StoredInput.Of(node.Json, input) : null;
}
