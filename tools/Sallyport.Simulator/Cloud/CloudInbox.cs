using System.Collections.Frozen;
using System.Globalization;
using System.Threading.Channels;
using Sallyport.Telemetry;

namespace Sallyport.Simulator.Cloud;

/// <summary>Everything that arrives at IoT Hub, numbered in order of arrival.</summary>
internal sealed class CloudInbox(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Channel<CloudMessage> _messages = Channel.CreateUnbounded<CloudMessage>();
    private long _next;

    public ChannelReader<CloudMessage> Reader => _messages.Reader;

    public void Add(UplinkMessage message)
    {
        lock (_gate)
        {
            long ordinal = _next++;
            var hubMessage = new HubMessage
            {
                MessageId = message.SystemProperties.GetValueOrDefault(WireProperties.MessageId)
                    ?? ordinal.ToString(CultureInfo.InvariantCulture),
                Body = message.Body,
                CreatedAt = ReadTime(message.SystemProperties.GetValueOrDefault(WireProperties.CreationTime)),
                Properties = message.Properties.ToFrozenDictionary(
                    pair => pair.Key, pair => pair.Value ?? string.Empty, StringComparer.OrdinalIgnoreCase),
            };
            _ = _messages.Writer.TryWrite(
                new CloudMessage(ordinal, time.GetUtcNow(), message.Sender.DeviceId, message.Sender.ModuleId, hubMessage)
                {
                    SystemProperties = message.SystemProperties,
                });
        }
    }

    private static DateTimeOffset? ReadTime(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? at : null;
}
