using System.Buffers;
using MQTTnet;

namespace Sallyport.Benchmarks.Modbus.Scale;

/// <summary>Counts what arrives at the broker: frames, and the good points in them.</summary>
internal sealed class Arrivals : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private long _frames;
    private long _points;
    private long _bytes;

    private Arrivals() => _client.ApplicationMessageReceivedAsync += args =>
    {
        Count(args.ApplicationMessage.Payload);
        return Task.CompletedTask;
    };

    public static async Task<Arrivals> StartAsync()
    {
        var arrivals = new Arrivals();
        await arrivals._client.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer(ModbusServer.Address, Broker.PlainPort).WithClientId("counter").Build(), CancellationToken.None);
        await arrivals._client.SubscribeAsync("devices/+/modules/+/messages/events/#", cancellationToken: CancellationToken.None);
        return arrivals;
    }

    /// <summary>What arrived so far.</summary>
    public (long Frames, long Points, long Bytes) Sum => (Interlocked.Read(ref _frames), Interlocked.Read(ref _points), Interlocked.Read(ref _bytes));

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Count(ReadOnlySequence<byte> payload)
    {
        ReadOnlySpan<byte> body = payload.IsSingleSegment ? payload.FirstSpan : payload.ToArray();
        if (body.IndexOf("\"sallyport.frame/1\""u8) < 0)
        {
            return;
        }

        Interlocked.Increment(ref _frames);
        Interlocked.Add(ref _bytes, body.Length);
        Interlocked.Add(ref _points, body.Count("\"v\":"u8));
    }
}
