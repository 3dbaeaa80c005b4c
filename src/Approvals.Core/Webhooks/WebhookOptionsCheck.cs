using Microsoft.Extensions.Options;

namespace Approvals.Core.Webhooks;

/// <summary>Refuses a wrong configuration at start-up, rather than with the first message that cannot be sent.</summary>
internal sealed class WebhookOptionsCheck : IValidateOptions<WebhookOptions>
{
    private const int LeastSecret = 16;
    private const int LongestName = 40;

    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var problems = options.Targets.SelectMany(target => ProblemsOf(target.Key, target.Value)).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> ProblemsOf(string name, WebhookTarget target)
    {
        if (name.Length > LongestName)
            yield return $"Webhooks:Targets:{name}: the name is longer than {LongestName} characters.";
        if (!Uri.TryCreate(target.Url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            yield return $"Webhooks:Targets:{name}:Url is no http or https address.";
        else if (address.Scheme == Uri.UriSchemeHttp && !target.AllowHttp)
            yield return $"Webhooks:Targets:{name}:Url is not https; set AllowHttp for a system in the same machine room.";
        if (!IsSecret(target.Secret))
            yield return $"Webhooks:Targets:{name}:Secret needs at least {LeastSecret} characters, or whsec_ and base64.";
        if (!string.IsNullOrEmpty(target.PreviousSecret) && !IsSecret(target.PreviousSecret))
            yield return $"Webhooks:Targets:{name}:PreviousSecret needs at least {LeastSecret} characters, or whsec_ and base64.";
        foreach (var unknown in target.Events.Where(one => !WebhookEvents.All.Any(known => WebhookTarget.Covers(one, known))))
            yield return $"Webhooks:Targets:{name}:Events: there is no event '{unknown}'.";
    }

    private static bool IsSecret(string secret)
    {
        try
        {
            return WebhookSignature.KeyOf(secret).Length >= LeastSecret;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
