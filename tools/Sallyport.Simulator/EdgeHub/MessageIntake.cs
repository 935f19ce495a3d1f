using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sallyport.Simulator.EdgeHub.Delivery;
using Sallyport.Simulator.EdgeHub.Metrics;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Mqtt;

namespace Sallyport.Simulator.EdgeHub;

/// <summary>Takes messages of clients, adds what edgeHub adds, and puts them into the queues of all endpoints that routes lead to.</summary>
/// <remarks>What goes wrong here is acknowledged all the same, and lost: a topic that does not fit, a system property twice, more
/// than 256 KiB with what edgeHub adds. A message that no route takes is lost too, but counted.</remarks>
internal sealed partial class MessageIntake(
    EdgeHubOptions options, EdgeHubStore store, EdgeHubMetrics metrics, TimeProvider time, ILogger logger)
{
    /// <summary>The most that a message may have, in bytes, counted as <see cref="RoutedMessage.SizeInBytes"/>.</summary>
    public const int MaxMessageSize = 256 * 1024;

    private readonly ConcurrentDictionary<HubIdentity, byte> _dropNext = new();
    private readonly ConcurrentDictionary<HubIdentity, byte> _failNext = new();

    /// <summary>Forgets the next message of a client without a trace.</summary>
    public void DropNext(HubIdentity sender) => _dropNext[sender] = 0;

    /// <summary>Fails to store the next message of a client.</summary>
    public void FailNext(HubIdentity sender) => _failNext[sender] = 0;

    /// <summary>Takes a message of a client.</summary>
    /// <returns>What edgeHub tells the client, which says little about what became of the message.</returns>
    public PublishAnswer Take(HubIdentity sender, HubRequest.Telemetry telemetry, InboundPublish publish)
    {
        if (_dropNext.TryRemove(sender, out _))
        {
            return PublishAnswer.Acknowledge.Instance;
        }

        if (sender != new HubIdentity(telemetry.DeviceId, telemetry.ModuleId))
        {
            LogLost(sender.ClientId, "its topic names another client");
            return PublishAnswer.Acknowledge.Instance;
        }

        Dictionary<string, string> system = NewSystemProperties(sender);
        var application = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (!TrySort(PropertyBag.Parse(telemetry.Bag), system, application))
        {
            LogLost(sender.ClientId, "it has a property twice");
            return PublishAnswer.Acknowledge.Instance;
        }

        AddFlags(publish, application);
        string output = system.GetValueOrDefault(SystemPropertyNames.OutputName, string.Empty);
        var message = new RoutedMessage
        {
            Source = sender.IsModule ? RouteSource.Of(sender.ModuleId, output) : RouteSource.DeviceMessages,
            Sender = sender,
            Output = output,
            Body = publish.Payload,
            Properties = application.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
            SystemProperties = system.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
        };
        metrics.Received(message);
        if (_failNext.TryRemove(sender, out _))
        {
            metrics.Unacknowledged(message);
            return new PublishAnswer.Close("the store failed");
        }

        Route(message);
        return PublishAnswer.Acknowledge.Instance;
    }

    /// <summary>Tells routes from <c>/twinChangeNotifications</c> of changed reported properties.</summary>
    public void TakeTwinChange(HubIdentity sender, JsonObject patch)
    {
        Dictionary<string, string> system = NewSystemProperties(sender);
        system[SystemPropertyNames.MessageSchema] = "twinChangeNotification";
        system[SystemPropertyNames.MessageType] = "twinChangeNotification";
        system[SystemPropertyNames.ContentType] = "application/json";
        system[SystemPropertyNames.ContentEncoding] = "utf-8";
        system[SystemPropertyNames.EnqueuedTime] = time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        var message = new RoutedMessage
        {
            Source = RouteSource.TwinChanges,
            Sender = sender,
            Body = System.Text.Encoding.UTF8.GetBytes(patch.ToJsonString()),
            SystemProperties = system.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
        };
        foreach (RouteMatch match in options.Routes.Match(message))
        {
            Enqueue(message, match);
        }
    }

    private static bool TrySort(
        List<KeyValuePair<string, string?>> bag, Dictionary<string, string> system, Dictionary<string, string?> application)
    {
        foreach ((string key, string? value) in bag)
        {
            bool isNew = SystemPropertyMap.FindName(key) is { } name
                ? system.TryAdd(name, value ?? string.Empty)
                : application.TryAdd(key, value);
            if (!isNew)
            {
                return false;
            }
        }

        return true;
    }

    private static void AddFlags(InboundPublish publish, Dictionary<string, string?> application)
    {
        if (publish.IsRetained)
        {
            application["mqtt-retain"] = "True";
        }

        if (publish.IsDuplicate)
        {
            application["mqtt-dup"] = "True";
        }
    }

    private static Dictionary<string, string> NewSystemProperties(HubIdentity sender)
    {
        var system = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            [SystemPropertyNames.ConnectionDeviceId] = sender.DeviceId,
            [SystemPropertyNames.EdgeMessageId] = Guid.NewGuid().ToString(),
            [SystemPropertyNames.EdgeHubOriginInterface] = "internal",
        };
        if (sender.IsModule)
        {
            system[SystemPropertyNames.ConnectionModuleId] = sender.ModuleId;
        }

        return system;
    }

    private void Route(RoutedMessage message)
    {
        if (message.SizeInBytes > MaxMessageSize)
        {
            LogLost(message.Sender.ClientId, $"it has {message.SizeInBytes} bytes, more than {MaxMessageSize}");
            return;
        }

        IReadOnlyList<RouteMatch> matches = options.Routes.Match(message);
        if (matches.Count == 0)
        {
            metrics.DroppedWithoutRoute(message);
        }

        foreach (RouteMatch match in matches)
        {
            Enqueue(message, match);
        }
    }

    private void Enqueue(RoutedMessage message, RouteMatch match) =>
        store.Backlog(match.Sink).Add(message, match.Priority, match.TimeToLive ?? options.TimeToLive);

    [LoggerMessage(5110, LogLevel.Warning, "A message of {Sender} is acknowledged and lost: {Reason}")]
    private partial void LogLost(string sender, string reason);
}
