using System.Globalization;
using System.Text;
using Sallyport.Telemetry;

namespace Sallyport.IotHub.Wire;

/// <summary>The topic that a message leaves on, with all its properties.</summary>
/// <param name="Text">For example <c>devices/d/modules/m/messages/events/%24.mid=a&amp;…/</c>.</param>
/// <param name="PropertySizeInBytes">Names and values of all properties in UTF-8, not escaped: what IoT Hub counts besides the body.</param>
internal sealed record TelemetryTopic(string Text, int PropertySizeInBytes)
{
    /// <summary>The longest topic that MQTT can carry, in bytes. The topic is ASCII, so also in characters.</summary>
    public const int MaxLength = 65_535;

    /// <summary>The largest packet that edgeHub reads; it closes the connection on a larger one.</summary>
    public const int MaxPacketSizeInBytes = 262_144;

    // Fixed header (5), topic length (2), packet identifier (2).
    private const int PacketOverhead = 9;

    /// <summary>Size of the PUBLISH packet with this topic, in bytes.</summary>
    public int PacketSize(int bodyLength) => PacketOverhead + Text.Length + bodyLength;

    /// <summary>Writes the topic.</summary>
    /// <param name="identity">The sender.</param>
    /// <param name="output">Name of the output; empty for none.</param>
    /// <param name="message">Its properties go into the topic in the order of their names.</param>
    /// <exception cref="ArgumentException">A property has no name or the name of a system property, or the output holds a slash.</exception>
    /// <remarks>edgeHub acknowledges and loses a message with two equal system properties or with a creation time that is not in the
    /// round-trip form with seven fractional digits.</remarks>
    public static TelemetryTopic Of(ClientIdentity identity, string output, HubMessage message)
    {
        if (output.Contains('/', StringComparison.Ordinal))
        {
            throw new ArgumentException("An output name has no slash.", nameof(output));
        }

        var topic = new StringBuilder("devices/").Append(identity.DeviceId);
        if (identity.IsModule)
        {
            topic.Append("/modules/").Append(identity.ModuleId);
        }

        topic.Append("/messages/events/");
        int size = 0;
        foreach ((string name, string value) in Properties(output, message))
        {
            PropertyBag.Append(topic, name, value);
            size += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value);
        }

        return new TelemetryTopic(topic.Append('/').ToString(), size);
    }

    private static IEnumerable<(string Name, string Value)> Properties(string output, HubMessage message)
    {
        yield return (SystemProperty.MessageId, message.MessageId);
        yield return (SystemProperty.ContentType, HubMessage.ContentType);
        yield return (SystemProperty.ContentEncoding, HubMessage.ContentEncoding);
        if (message.CreatedAt is { } created)
        {
            yield return (SystemProperty.CreationTime, created.UtcDateTime.ToString("o", CultureInfo.InvariantCulture));
        }

        if (output.Length > 0)
        {
            yield return (SystemProperty.OutputName, output);
        }

        foreach ((string name, string value) in message.Properties.OrderBy(property => property.Key, StringComparer.Ordinal))
        {
            if (name.Length == 0 || name.StartsWith(SystemProperty.Prefix, StringComparison.Ordinal))
            {
                throw new ArgumentException("A property has no name, or one that is kept for the system.", nameof(message));
            }

            yield return (name, value);
        }
    }
}
