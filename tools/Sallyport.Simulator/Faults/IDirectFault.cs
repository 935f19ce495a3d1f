namespace Sallyport.Simulator.Faults;

/// <summary>A fault of the device that SecureBuffer is when it sends past edgeHub.</summary>
internal interface IDirectFault;
