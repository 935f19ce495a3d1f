using System.Buffers;
using Sallyport.EtherNetIp.Browsing;
using Sallyport.EtherNetIp.CommonPacketFormat;
using Sallyport.EtherNetIp.Encapsulation;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Planning;
using Sallyport.EtherNetIp.Replies;
using Sallyport.EtherNetIp.Requests;
using Sallyport.TestKit;

namespace Sallyport.EtherNetIp.Tests;

/// <summary>Whatever a peer sends, the parsers say what it is or that it is nothing; none throws.</summary>
public sealed class HostileBytesTests
{
    private const int Inputs = 1_000_000;
    private const int MaxLength = 120;

    private static readonly PlannedFrame Packet = ReadPlanner.Plan(
        [new TagRead(Symbol("A"), 1, 6), new TagRead(Symbol("B"), 1, 6)], ReadChannel.Connected(504), DeviceCapabilities.Logix).Frames[0];

    private static readonly TemplateAttributes Template = new(105, 88, 2, 0x0FCE);

    private static readonly FragmentAssembly Assembly = new(maxSize: 4096);

    private static readonly ConnectionParameters Connection = new()
    {
        ConnectionId = 7,
        ConnectionSerialNumber = 8,
        OriginatorVendor = 9,
        OriginatorSerialNumber = 10,
        Size = 504,
        Route = RoutePath.None,
    };

    private static readonly Dictionary<string, (string Honest, Action<byte[]> Parse)> Parsers = new(StringComparer.Ordinal)
    {
        ["frame"] = ("70001C00000102100000000001020304050607080000000000000000000002", bytes =>
        {
            if (EncapsulationFrame.Read(bytes, out EncapsulationHeader header, out ReadOnlySpan<byte> body) is FrameArrival.Complete)
            {
                SessionRegistration.TryRead(header, body, out _);
            }

            EncapsulationFrame.Read(new ReadOnlySequence<byte>(bytes), out _, out _);
        }
        ),
        ["packet"] = ("0000000000000200A100040044332211B100080007 00CC000000C100", bytes =>
        {
            CipPacket.TryReadConnected(bytes, out _);
            CipPacket.TryReadUnconnected(bytes, out _);
        }
        ),
        ["identity"] = ("01000C002D0001000002AF120A0101A4000000000000000001000C003A00040330008E4D52000B313735362D454E42542F4103", bytes =>
        {
            ListIdentityReply.TryRead(bytes, out _);
            IdentityObject.TryRead(bytes, out _);
            CipSecurityInformation.TryRead(bytes, out _);
        }
        ),
        ["path"] = ("1208313002E302E302E35 01003404010001000100A00B910341424300206B25000100280130 07", WalkPath),
        ["request"] = ("0A02200224010200 06000E00 4C02910278790100 010220012401", bytes => ReadServiceGuard.Allows(bytes)),
        ["passed on"] = ("5202200624010A050600 010220012401 0100 0103", bytes => ReadServiceGuard.Allows(bytes)),
        ["reply"] = ("8A001E00 0200 0600 1000 CC000000C4002A000000 CC000500", bytes =>
        {
            if (TagReplies.TryOf(Packet, bytes, out TagReplies replies))
            {
                while (replies.TryRead(out _, out MessageRouterReply reply))
                {
                    TagData.TryRead(reply.Data, out _);
                }
            }
        }
        ),
        ["fragment"] = ("D2000600 C400 01000000020000000300000004000000", bytes =>
        {
            if (MessageRouterReply.TryRead(bytes, out MessageRouterReply reply))
            {
                _ = Assembly.Add(reply) is AssemblyProgress.Incomplete ? 0U : Clear();
                _ = reply.IsFailureOnTheWay;
            }
        }
        ),
        ["connection"] = ("D4000000 44332211 07000000 0800 0900 0A000000 80841E00 80841E00 0000", bytes =>
        {
            if (MessageRouterReply.TryRead(bytes, out MessageRouterReply reply))
            {
                OpenedConnection.TryRead(reply.Data, Connection, out _);
                RefusedConnection.Read(reply);
            }
        }
        ),
        ["tags"] = ("05000000 0500 5370656564 CA00 00000000 00000000 00000004 000000000000000000000000 00", bytes =>
            SymbolList.TryRead(bytes, SymbolList.Attributes, [], out _)),
        ["template attributes"] = ("0400 04000000 20000000 05000000 58000000 02000000 0200 01000000 CE0F", bytes => TemplateAttributes.TryRead(bytes, out _)),
        ["template"] = ("0000C40000000000 5200C22004000000 535452494E473B6E00 4C454E00 4441544100", bytes => StructureTemplate.TryRead(1, Template, bytes, out _)),
    };

    public static TheoryData<string> Names => [.. Parsers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_million_inputs_make_no_parser_throw(string parser)
    {
        (string honest, Action<byte[]> parse) = Parsers[parser];
        byte[] head = Convert.FromHexString(honest.Replace(" ", "", StringComparison.Ordinal)[..^(honest.Replace(" ", "", StringComparison.Ordinal).Length % 2)]);
        int seed = Dice.NewSeed();
        var dice = new Dice(seed);
        byte[][] inputs = new byte[MaxLength + 1][];
        for (int length = 0; length <= MaxLength; length++)
        {
            inputs[length] = new byte[length];
        }

        for (int i = 0; i < Inputs; i++)
        {
            byte[] input = Spoil(dice, head, inputs);
            try
            {
                parse(input);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}, input {i}: {Convert.ToHexString(input)}", e);
            }
        }
    }

    // Honest bytes, cut or lengthened, of which a few are others.
    private static byte[] Spoil(Dice dice, byte[] head, byte[][] inputs)
    {
        int kept = dice.Next(8) == 0 ? dice.Next(head.Length + 1) : head.Length;
        byte[] input = inputs[kept + (dice.Next(4) == 0 ? dice.Next(MaxLength - kept) : 0)];
        head.AsSpan(0, kept).CopyTo(input);
        if (dice.Next(4) == 0)
        {
            dice.Fill(input.AsSpan(kept));
        }

        for (int left = input.Length == 0 ? 0 : dice.Next(5); left > 0; left--)
        {
            input[dice.Next(input.Length)] = dice.Next(4) == 0 ? (byte)(0xFF * dice.Next(2)) : (byte)dice.Next(256);
        }

        return input;
    }

    private static void WalkPath(byte[] bytes)
    {
        var segments = new PathSegments(bytes);
        while (segments.TryRead(out _))
        {
            // Until the end.
        }
    }

    private static uint Clear()
    {
        Assembly.Clear();
        return Assembly.NextOffset;
    }

    private static CipPath Symbol(string name) => new CipPathBuilder().Symbol(name).Build();
}
