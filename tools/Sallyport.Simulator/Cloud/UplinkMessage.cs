using System.Collections.Frozen;
using Sallyport.Manifest.Routing;

namespace Sallyport.Simulator.Cloud;

/// <summary>A message on its way to IoT Hub.</summary>
/// <param name="Sender">Device or module.</param>
/// <param name="Body">The payload.</param>
/// <param name="Properties">Application properties; null where only a name was given.</param>
/// <param name="SystemProperties">By their wire names.</param>
internal sealed record UplinkMessage(
    HubIdentity Sender,
    ReadOnlyMemory<byte> Body,
    FrozenDictionary<string, string?> Properties,
    FrozenDictionary<string, string> SystemProperties);
