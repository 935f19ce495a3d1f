using System.Collections.Concurrent;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Sallyport.Simulator.Mqtt;

/// <summary>What each client has subscribed to. Outlives the connection of a client that asked for that.</summary>
internal sealed class SubscriptionRegister
{
    private readonly ConcurrentDictionary<(string ClientId, string Filter), MqttQualityOfServiceLevel> _filters = new();

    public void Add(string clientId, IEnumerable<MqttTopicFilter> filters)
    {
        foreach (MqttTopicFilter filter in filters)
        {
            _filters[(clientId, filter.Topic)] =
                filter.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce
                    ? MqttQualityOfServiceLevel.AtMostOnce
                    : MqttQualityOfServiceLevel.AtLeastOnce;
        }
    }

    public void Remove(string clientId, IEnumerable<string> filters)
    {
        foreach (string filter in filters)
        {
            _ = _filters.TryRemove((clientId, filter), out _);
        }
    }

    public void RemoveAll(string clientId) => Remove(clientId, Filters(clientId).Select(pair => pair.Filter).ToList());

    /// <summary>The best quality at which a client subscribed to a feature; null if it did not.</summary>
    public MqttQualityOfServiceLevel? Find(string clientId, HubFeature feature)
    {
        MqttQualityOfServiceLevel? best = null;
        foreach ((string filter, MqttQualityOfServiceLevel quality) in Filters(clientId))
        {
            if (HubTopics.FeatureOf(filter) == feature && (best is null || quality > best))
            {
                best = quality;
            }
        }

        return best;
    }

    private IEnumerable<(string Filter, MqttQualityOfServiceLevel Quality)> Filters(string clientId) =>
        _filters
            .Where(pair => string.Equals(pair.Key.ClientId, clientId, StringComparison.Ordinal))
            .Select(pair => (pair.Key.Filter, pair.Value));
}
