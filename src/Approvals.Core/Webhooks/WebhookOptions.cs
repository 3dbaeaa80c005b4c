namespace Approvals.Core.Webhooks;

/// <summary>Section <c>Webhooks</c>: other systems that are told what happens.</summary>
public sealed class WebhookOptions
{
    /// <summary>Targets by name. Only these are ever called: no address comes from a form, a definition or a request.</summary>
    public Dictionary<string, WebhookTarget> Targets { get; set; } = [];
}

/// <summary>One system that is told.</summary>
public sealed class WebhookTarget
{
    /// <summary>Where to; https unless <see cref="AllowHttp"/>.</summary>
    public string Url { get; set; } = "";

    /// <summary>Shared secret of the signature, at least 16 characters, or <c>whsec_</c> and base64.</summary>
    public string Secret { get; set; } = "";

    /// <summary>The secret before the last change: while it is set, calls carry both signatures, so that neither side has to stop.</summary>
    public string? PreviousSecret { get; set; }

    /// <summary>Allows plain http, for systems in the same machine room.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Events it is told: names of <see cref="WebhookEvents"/>, or a group such as <c>case.*</c>; none means all.</summary>
    public List<string> Events { get; set; } = [];

    /// <summary>Keys of the processes it is told about; none means all.</summary>
    public List<string> Processes { get; set; } = [];

    /// <summary>Whether it is told of an event in a case of a process.</summary>
    public bool Wants(string happened, string process) =>
        (Processes.Count == 0 || Processes.Contains(process)) && (Events.Count == 0 || Events.Exists(one => Covers(one, happened)));

    /// <summary>Whether a subscription, an event or a group of them, covers an event.</summary>
    internal static bool Covers(string subscription, string happened) => subscription.EndsWith(".*", StringComparison.Ordinal)
        ? happened.StartsWith(subscription[..^1], StringComparison.Ordinal)
        : subscription == happened;
}
