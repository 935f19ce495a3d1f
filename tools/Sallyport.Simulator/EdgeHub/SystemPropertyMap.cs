using System.Collections.Frozen;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Cloud;

namespace Sallyport.Simulator.EdgeHub;

/// <summary>Which system properties edgeHub takes in, and which it passes on to modules and to IoT Hub.</summary>
/// <remarks>What a client calls <c>$.cdid</c> or <c>$.cmid</c> is an application property like any other.</remarks>
internal static class SystemPropertyMap
{
    private static readonly (string Wire, string Name, bool ToModules, bool Upstream)[] Table =
    [
        (WireProperties.MessageId, SystemPropertyNames.MessageId, true, true),
        (WireProperties.CorrelationId, SystemPropertyNames.CorrelationId, true, true),
        (WireProperties.UserId, SystemPropertyNames.UserId, true, true),
        (WireProperties.To, SystemPropertyNames.To, true, true),
        (WireProperties.ContentType, SystemPropertyNames.ContentType, true, true),
        (WireProperties.ContentEncoding, SystemPropertyNames.ContentEncoding, true, true),
        (WireProperties.CreationTime, SystemPropertyNames.CreationTime, true, true),
        (WireProperties.Schema, SystemPropertyNames.MessageSchema, true, true),
        (WireProperties.Component, SystemPropertyNames.ComponentName, true, true),
        (WireProperties.OutputName, SystemPropertyNames.OutputName, false, false),
        (WireProperties.InterfaceId, SystemPropertyNames.InterfaceId, false, false),
        (WireProperties.ConnectionDeviceId, SystemPropertyNames.ConnectionDeviceId, true, false),
        (WireProperties.ConnectionModuleId, SystemPropertyNames.ConnectionModuleId, true, false),
    ];

    private static readonly FrozenDictionary<string, string> Incoming = Table
        .Where(row => row.Wire is not (WireProperties.ConnectionDeviceId or WireProperties.ConnectionModuleId))
        .ToFrozenDictionary(row => row.Wire, row => row.Name, StringComparer.Ordinal);

    /// <summary>edgeHub's name of a property that a client wrote; null if it is an application property.</summary>
    public static string? FindName(string wire) => Incoming.GetValueOrDefault(wire);

    /// <summary>What a module input gets, by wire names.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> ForModule(RoutedMessage message) =>
        Table
            .Where(row => row.ToModules && message.SystemProperties.ContainsKey(row.Name))
            .Select(row => KeyValuePair.Create<string, string?>(row.Wire, message.SystemProperties[row.Name]));

    /// <summary>What IoT Hub gets, by wire names.</summary>
    public static FrozenDictionary<string, string> ForUpstream(RoutedMessage message) =>
        Table
            .Where(row => row.Upstream && message.SystemProperties.ContainsKey(row.Name))
            .ToFrozenDictionary(row => row.Wire, row => message.SystemProperties[row.Name], StringComparer.Ordinal);
}
