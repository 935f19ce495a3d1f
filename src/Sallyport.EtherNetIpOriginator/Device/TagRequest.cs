using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Types;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>One value to read.</summary>
/// <param name="Name">The tag, an element or a member of it, or a bit.</param>
/// <param name="Type">Its type; null: taken from the first reply and kept. A later reply of another type is bad.</param>
/// <param name="Encoding">What the bytes of a text mean.</param>
public sealed record TagRequest(TagName Name, CipDataType? Type, TextEncoding Encoding);
