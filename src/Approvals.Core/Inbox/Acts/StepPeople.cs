using System.Text.Json;
using Approvals.Core.Data;
using Approvals.Core.Organisation;

namespace Approvals.Core.Inbox;

/// <summary>The record of who was chosen for a step and why, when people join it later.</summary>
internal static class StepPeople
{
    /// <summary>The record with one more person.</summary>
    /// <param name="resolution">As <see cref="StepRun.Resolution"/> keeps it.</param>
    /// <param name="who">Who joins.</param>
    /// <param name="why">Why, in words.</param>
    public static string With(string resolution, Colleague who, string why)
    {
        var before = JsonSerializer.Deserialize<ParticipantResolution>(resolution, JsonSerializerOptions.Web) ?? new ParticipantResolution([], []);
        return JsonSerializer.Serialize(
            before with { People = [.. before.People, new ChosenParticipant(who.Id, who.Name, why, $"person:{who.Id}")] },
            StoredJson.Full);
    }
}
