using System.Collections.Frozen;
using System.Globalization;
using Sallyport.Telemetry;

namespace Sallyport.IotHub.Wire;

/// <summary>A message that came on an input or from the cloud, made from its topic's property bag and its body.</summary>
/// <param name="Message">Application properties only; system properties are in its own fields.</param>
/// <param name="SenderModule">As edgeHub stamped it; empty if a device or the cloud sent.</param>
internal sealed record ReceivedMessage(HubMessage Message, string SenderModule)
{
    /// <summary>Puts the message together. Whatever the bag holds, there is a result.</summary>
    public static ReceivedMessage Of(ReadOnlySpan<char> bag, ReadOnlyMemory<byte> body)
    {
        Dictionary<string, string> properties = PropertyBag.Read(bag);
        var message = new HubMessage
        {
            // Without an id a repeat cannot be told from a new message: then it is better to take it twice than not at all.
            MessageId = properties.GetValueOrDefault(SystemProperty.MessageId) is { Length: > 0 } id ? id : Guid.NewGuid().ToString("N"),
            Body = body,
            CreatedAt = Time(properties.GetValueOrDefault(SystemProperty.CreationTime)),
            Properties = properties
                .Where(property => !property.Key.StartsWith(SystemProperty.Prefix, StringComparison.Ordinal))
                .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
        };
        return new ReceivedMessage(message, properties.GetValueOrDefault(SystemProperty.SenderModule, ""));
    }

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}
