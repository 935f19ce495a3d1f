using CsCheck;
using Sallyport.EtherNetIp.Browsing;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Requests;

namespace Sallyport.EtherNetIp.Tests;

/// <summary>Requests of all kinds.</summary>
internal static class AnyRequest
{
    private static readonly Gen<string> Names = Gen.Select(Gen.Char["abcXYZ_"], Gen.Char["abcXYZ_019"].Array[0, 39], (first, rest) => first + new string(rest));

    private static readonly Gen<CipPath> Tags = Gen.Select(Names.List[1, 3], Gen.UInt.List[0, 3], (names, indexes) =>
    {
        var path = new CipPathBuilder();
        names.ForEach(name => path.Symbol(name));
        indexes.ForEach(index => path.Element(index));
        return path.Build();
    });

    private static readonly Gen<CipPath> Instances = Gen.UInt.Select(instance => new CipPathBuilder().Class(TagName.SymbolClass).Instance(instance).Build());

    private static readonly Gen<CipPath> Objects = Gen.Select(Gen.UShort[1, ushort.MaxValue], Gen.UInt, CipPath.Object);

    private static readonly Gen<RoutePath> Routes =
        Gen.Select(Gen.Int[1, 300], Gen.OneOf(Gen.Byte.Select(slot => $"{slot}"), Gen.Const("10.0.0.5"), Gen.Const("10.10.10.50")))
            .List[1, 3].Select(hops => ((RouteOutcome.Parsed)RoutePath.Parse(string.Join(',', hops.Select(hop => $"{hop.Item1},{hop.Item2}")))).Route);

    private static readonly Gen<ConnectionParameters> Connections = Gen.Select(
        Gen.UInt, Gen.UShort, Gen.UInt, Gen.UShort[64, 511], Gen.OneOf(Routes, Gen.Const(RoutePath.None)), Gen.Bool,
        (id, serial, originator, size, route, hasKey) => new ConnectionParameters
        {
            ConnectionId = id,
            ConnectionSerialNumber = serial,
            OriginatorVendor = 0x1234,
            OriginatorSerialNumber = originator,
            Size = size,
            Route = route,
            Key = hasKey ? new ElectronicKey { Vendor = serial, Major = 3, RevisionMatch = RevisionMatch.Compatible } : null,
        });

    /// <summary>Requests as the product makes them.</summary>
    public static Gen<CipRequest> Valid { get; } = Whole(Leaf(Gen.OneOf(Tags, Instances)));

    /// <summary>Requests on whatever paths.</summary>
    public static Gen<CipRequest> Any { get; } = Whole(Leaf(Gen.OneOf(Tags, Instances, Objects)));

    private static Gen<CipRequest> Leaf(Gen<CipPath> readable) => Gen.OneOf(
        Gen.Select(readable, Gen.UShort[1, ushort.MaxValue], (path, elements) => (CipRequest)CipRequest.ReadTag(path, elements)),
        Gen.Select(readable, Gen.UShort[1, ushort.MaxValue], Gen.UInt, (path, elements, offset) => (CipRequest)CipRequest.ReadTagFragmented(path, elements, offset)),
        Gen.Select(Gen.UShort, Gen.UInt, (template, offset) => (CipRequest)CipRequest.ReadTemplate(template, offset, 100)),
        Gen.Select(Names, Gen.Bool, Gen.UInt, (name, isOfProgram, first) =>
            (CipRequest)CipRequest.GetInstanceAttributeList(isOfProgram ? name : null, first, SymbolList.Attributes)),
        Objects.Select(path => (CipRequest)CipRequest.GetAttributesAll(path)),
        Objects.Select(path => (CipRequest)CipRequest.GetAttributeList(path, [1, 2, 3])),
        Gen.Select(Gen.UShort[1, ushort.MaxValue], Gen.UInt, Gen.UShort, (classId, instance, attribute) =>
            (CipRequest)CipRequest.GetAttributeSingle(CipPath.Attribute(classId, instance, attribute))));

    private static Gen<CipRequest> Whole(Gen<CipRequest> leaf)
    {
        Gen<CipRequest> packed = leaf.List[1, 8].Select(requests => (CipRequest)CipRequest.Multiple([.. requests]));
        return Gen.OneOf(
            leaf,
            packed,
            Gen.Select(Gen.OneOf(leaf, packed), Routes, (request, route) => (CipRequest)CipRequest.UnconnectedSend(request, route)),
            Gen.Select(Connections, Gen.Bool, (parameters, isLarge) => (CipRequest)CipRequest.ForwardOpen(parameters, isLarge)),
            Connections.Select(parameters => (CipRequest)CipRequest.ForwardClose(parameters)));
    }
}
