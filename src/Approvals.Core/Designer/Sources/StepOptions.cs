using Approvals.Core.Inbox;
using Approvals.Workflows;

namespace Approvals.Core.Designer.Sources;

/// <summary>审批环节 — the approval steps of the process being edited.</summary>
public sealed class ApprovalStepOptions : IOptionSource
{
    /// <inheritdoc />
    public string Name => OptionSources.ApprovalSteps;

    /// <inheritdoc />
    public Task<IReadOnlyList<InputOption>> ListAsync(OptionRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<InputOption>>(
        [
            .. (request.Process?.Activities() ?? [])
                .Where(activity => DesignedProcess.Text(activity["type"]) == StepActivity.ApprovalType)
                .Select(activity => new InputOption(DesignedProcess.Text(activity["id"])!, DesignedProcess.NameOf(activity))),
        ]);
}
