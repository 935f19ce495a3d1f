using System.Collections.Frozen;
using Sallyport.Telemetry;

namespace Sallyport.BatchVerification.Tests;

/// <summary>Short names for what tests do with messages.</summary>
internal static class Verdicts
{
    public static BatchVerdict Accept(this BatchVerifier verifier, HubMessage message) => verifier.Accept(message.Properties, message.Body);

    public static List<BatchVerdict> AcceptAll(this BatchVerifier verifier, IEnumerable<HubMessage> messages) => [.. messages.Select(verifier.Accept)];

    public static string Name(this BatchVerdict verdict) => verdict switch
    {
        BatchVerdict.Forged forged => $"Forged {forged.Sign}",
        BatchVerdict.Fork fork => $"Fork {fork.Sign}",
        _ => verdict.GetType().Name,
    };

    public static IEnumerable<string> Names(this IEnumerable<BatchVerdict> verdicts) => verdicts.Select(Name);

    public static HubMessage With(this HubMessage message, string property, string? value)
    {
        var changed = new Dictionary<string, string>(message.Properties, StringComparer.OrdinalIgnoreCase);
        changed.Remove(property);
        if (value is not null)
        {
            changed.Add(property, value);
        }

        return message with { Properties = changed.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase) };
    }

    public static HubMessage WithBody(this HubMessage message, Action<byte[]> change)
    {
        byte[] body = message.Body.ToArray();
        change(body);
        return message with { Body = body };
    }
}
