using System.Text.Json.Nodes;
using Sallyport.Manifest.Routing;

namespace Sallyport.Simulator.Cloud;

/// <summary>What IoT Hub can ask of an edgeHub at the other end of an uplink.</summary>
/// <param name="PatchDesiredAsync">Tells of changed desired properties; the patch has a «$version».</param>
/// <param name="InvokeMethodAsync">Calls a direct method of a module or of a device behind edgeHub.</param>
internal sealed record EdgeSide(
    Func<HubIdentity, JsonObject, CancellationToken, Task> PatchDesiredAsync,
    Func<HubIdentity, MethodCall, CancellationToken, Task<MethodResult>> InvokeMethodAsync);
