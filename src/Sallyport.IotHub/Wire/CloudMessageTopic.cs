namespace Sallyport.IotHub.Wire;

/// <summary><c>devices/{d}/messages/devicebound/{bag}</c>: a message from the cloud to a device.</summary>
internal static class CloudMessageTopic
{
    /// <summary>What to subscribe to.</summary>
    public static string Filter(ClientIdentity identity) => Prefix(identity) + '#';

    /// <summary>Takes the topic apart; false if it is not one of ours.</summary>
    public static bool TryParse(ClientIdentity identity, string topic, out string bag)
    {
        string prefix = Prefix(identity);
        bool isOurs = topic.StartsWith(prefix, StringComparison.Ordinal);
        bag = isOurs ? topic[prefix.Length..].TrimEnd('/') : "";
        return isOurs;
    }

    private static string Prefix(ClientIdentity identity) => $"devices/{identity.DeviceId}/messages/devicebound/";
}
