namespace Sallyport.IotHub.Wire;

/// <summary><c>devices/{d}/modules/{m}/inputs/{input}/{bag}</c>: a message that a route brought to a module.</summary>
internal static class InputTopic
{
    /// <summary>What to subscribe to. edgeHub knows no filter for one input.</summary>
    public static string Filter(ClientIdentity identity) => Prefix(identity) + '#';

    /// <summary>Takes the topic apart; false if it is not one of ours.</summary>
    public static bool TryParse(ClientIdentity identity, string topic, out string input, out string bag)
    {
        input = "";
        bag = "";
        string prefix = Prefix(identity);
        if (!topic.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        string rest = topic[prefix.Length..];
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        input = slash < 0 ? rest : rest[..slash];
        bag = slash < 0 ? "" : rest[(slash + 1)..].TrimEnd('/');
        return input.Length > 0;
    }

    private static string Prefix(ClientIdentity identity) => $"devices/{identity.DeviceId}/modules/{identity.ModuleId}/inputs/";
}
