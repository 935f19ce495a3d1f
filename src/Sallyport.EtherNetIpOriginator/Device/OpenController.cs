using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIp.Planning;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>A controller that has been identified and can be read.</summary>
/// <param name="Session">The session.</param>
/// <param name="Lanes">Its ways for requests.</param>
/// <param name="Channel">How messages go there, and how large they may be.</param>
/// <param name="Identity">Who it is.</param>
internal sealed record OpenController(Session Session, LanePool Lanes, ReadChannel Channel, IdentityObject Identity);
