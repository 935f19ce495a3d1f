using System.Collections.Immutable;
using Sallyport.EtherNetIp.Paths;

namespace Sallyport.EtherNetIp.Requests;

/// <summary>What a device can be asked. Closed: the requests made here are all there are, and there is none that writes.</summary>
public abstract class CipRequest
{
    internal const int ServiceAndPathSize = 2;

    private protected CipRequest(CipService service, CipPath path) => (Service, Path) = (service, path);

    /// <summary>What is asked.</summary>
    public CipService Service { get; }

    /// <summary>Of what.</summary>
    public CipPath Path { get; }

    /// <summary>Its size as a message of the message router, in bytes.</summary>
    public int Size => ServiceAndPathSize + Path.Size + DataSize;

    internal abstract int DataSize { get; }

    /// <summary>Asks for all attributes of an instance.</summary>
    public static GetAttributesAllRequest GetAttributesAll(CipPath path) => new(path);

    /// <summary>Asks for one attribute.</summary>
    /// <param name="path">Ends with the attribute.</param>
    public static GetAttributeSingleRequest GetAttributeSingle(CipPath path) => new(path);

    /// <summary>Asks for some attributes of an instance.</summary>
    public static GetAttributeListRequest GetAttributeList(CipPath path, ImmutableArray<ushort> attributes) => new(path, attributes);

    /// <summary>Asks for the value of a tag.</summary>
    /// <param name="path">See <see cref="TagName"/>.</param>
    /// <param name="elements">How many elements, 1 or more.</param>
    public static ReadTagRequest ReadTag(CipPath path, ushort elements) => new(path, elements);

    /// <summary>Asks for a part of the value of a tag.</summary>
    /// <param name="path">See <see cref="TagName"/>.</param>
    /// <param name="elements">How many elements the whole has, 1 or more; the same for each part.</param>
    /// <param name="offset">How many bytes came before.</param>
    public static ReadTagFragmentedRequest ReadTagFragmented(CipPath path, ushort elements, uint offset) => new(path, elements, offset);

    /// <summary>Asks for a part of the definition of a structure.</summary>
    /// <param name="template">Its number.</param>
    /// <param name="offset">How many bytes came before.</param>
    /// <param name="length">How many bytes are still to come.</param>
    public static ReadTemplateRequest ReadTemplate(ushort template, uint offset, ushort length) => new(template, offset, length);

    /// <summary>Asks for tags.</summary>
    /// <param name="program">Of this program; null for those of the controller.</param>
    /// <param name="firstInstance">From this one on: 0, or one above the last that came.</param>
    /// <param name="attributes">What is asked of each.</param>
    public static GetInstanceAttributeListRequest GetInstanceAttributeList(string? program, uint firstInstance, ImmutableArray<ushort> attributes) =>
        new(program, firstInstance, attributes);

    /// <summary>Asks several things at once.</summary>
    /// <param name="requests">At least one; neither packets themselves nor requests of the connection manager.</param>
    public static MultipleServiceRequest Multiple(ImmutableArray<CipRequest> requests) => new(requests);

    /// <summary>Has a request passed on to a device behind this one.</summary>
    /// <param name="request">No request of the connection manager.</param>
    /// <param name="route">Not empty.</param>
    public static UnconnectedSendRequest UnconnectedSend(CipRequest request, RoutePath route) => new(request, route);

    /// <summary>Opens a connection.</summary>
    /// <param name="parameters">What it shall be.</param>
    /// <param name="isLarge">Whether the service for messages of more than 511 bytes is used.</param>
    public static ForwardOpenRequest ForwardOpen(ConnectionParameters parameters, bool isLarge) => new(parameters, isLarge);

    /// <summary>Closes a connection.</summary>
    /// <param name="parameters">Those with which it was opened.</param>
    public static ForwardCloseRequest ForwardClose(ConnectionParameters parameters) => new(parameters);

    /// <summary>For example <c>ReadTag 910378797A00</c>: service and path.</summary>
    public override string ToString() => $"{Service} {Path}";

    /// <summary>Writes the message. Only the serializer may call this: it looks at what was written.</summary>
    internal void Write(ref ByteWriter writer)
    {
        writer.Byte((byte)Service);
        writer.Byte((byte)Path.Words);
        writer.Bytes(Path.Bytes);
        WriteData(ref writer);
    }

    private protected abstract void WriteData(ref ByteWriter writer);
}
