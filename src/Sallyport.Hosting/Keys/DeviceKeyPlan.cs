using System.Collections.Immutable;
using Sallyport.Identity.Keys;

namespace Sallyport.Hosting.Keys;

/// <summary>Where the gateway's own keys may be.</summary>
/// <param name="Providers">The preferred first; at least one.</param>
/// <param name="RequiresHardware">Whether there is rather no key than one in software.</param>
public sealed record DeviceKeyPlan(ImmutableArray<IDeviceKeyProvider> Providers, bool RequiresHardware);
