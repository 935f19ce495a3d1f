using Sallyport.Telemetry;

namespace Sallyport.IotHub;

/// <summary>A message that a route brought to a module input.</summary>
/// <param name="Input">Name of the input.</param>
/// <param name="SenderModule">The module that sent it, as edgeHub stamped it (<c>$.cmid</c>); empty if a device did.</param>
/// <param name="Message">Body and properties.</param>
public sealed record InputMessage(string Input, string SenderModule, HubMessage Message);
