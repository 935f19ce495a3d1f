using System.Globalization;
using Microsoft.Extensions.Logging;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.EdgeHub.Metrics;

namespace Sallyport.Simulator.EdgeHub.Delivery;

/// <summary>Sends the backlog for IoT Hub: batches of ten, the senders in a batch side by side, each sender's messages in order.</summary>
internal sealed partial class UpstreamPump(EndpointBacklog backlog, Uplink uplink, EdgeHubMetrics metrics, ILogger logger)
{
    private const int BatchSize = 10;
    private const string CreationTimeFormat = "O";

    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            await backlog.Changed.WaitUntilAsync(() => backlog.Count > 0, stop);
            await uplink.Changed.WaitUntilAsync(() => uplink.State != UplinkState.Cut, stop);
            IReadOnlyList<QueuedMessage> batch = backlog.Peek(BatchSize, out long priority);
            await Task.WhenAll(batch
                .GroupBy(queued => queued.Message.Sender)
                .Select(group => SendAsync([.. group], priority, stop)));
        }
    }

    private async Task SendAsync(List<QueuedMessage> messages, long priority, CancellationToken stop)
    {
        var done = new List<QueuedMessage>();
        int sent = 0;
        foreach (QueuedMessage queued in messages)
        {
            if (!HasReadableCreationTime(queued.Message))
            {
                // edgeHub's converter throws, and what is no error of the link is not tried again. No counter tells.
                LogDiscarded(queued.Message.Sender.ClientId, queued.Message.Output);
                done.Add(queued);
                continue;
            }

            if (await uplink.SendAsync(ToUplink(queued.Message), stop) is UplinkAnswer<bool>.Lost lost)
            {
                LogLost(queued.Message.Sender.ClientId, lost.Reason);
                break;
            }

            done.Add(queued);
            sent++;
        }

        if (sent > 0)
        {
            metrics.Sent(messages[0].Message, sent, EdgeHubMetrics.Upstream, string.Empty, priority);
        }

        foreach (QueuedMessage queued in done)
        {
            backlog.Remove(queued, priority);
        }
    }

    private static bool HasReadableCreationTime(RoutedMessage message) =>
        !message.SystemProperties.TryGetValue(SystemPropertyNames.CreationTime, out string? text)
        || DateTime.TryParseExact(
            text, CreationTimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _);

    private static UplinkMessage ToUplink(RoutedMessage message) =>
        new(message.Sender, message.Body, message.Properties, SystemPropertyMap.ForUpstream(message));

    [LoggerMessage(5210, LogLevel.Warning, "Discarding a message of {Sender}, output {Output}: $.ctime is not in round-trip form")]
    private partial void LogDiscarded(string sender, string output);

    [LoggerMessage(5211, LogLevel.Debug, "Sending a message of {Sender} to IoT Hub failed: {Reason}")]
    private partial void LogLost(string sender, string reason);
}
