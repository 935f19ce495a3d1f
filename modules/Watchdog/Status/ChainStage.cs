namespace Sallyport.Watchdog.Status;

/// <summary>One stage of the way of data from the controllers to the cloud.</summary>
/// <param name="Name">Devices, Readers, Buffer, edgeHub or Cloud.</param>
/// <param name="State">How it is doing.</param>
/// <param name="Words">How it is doing, in a few words.</param>
internal sealed record ChainStage(string Name, PartState State, string Words);
