using System.Buffers.Binary;

namespace Sallyport.Simulator.EtherNetIpPlant.Messages;

/// <summary>Walks the segments of a padded path. What it cannot read becomes one bad segment, which is the last.</summary>
internal ref struct PathReader(ReadOnlySpan<byte> path)
{
    private const byte ExtendedPort = 0x0F;
    private const byte LongLink = 0x10;
    private const byte KeySegment = 0x34;
    private const byte KeyFormat = 4;
    private const int KeyLength = 8;
    private const byte SymbolSegment = 0x91;

    private ReadOnlySpan<byte> _rest = path;

    /// <summary>Words that have not been read.</summary>
    public readonly byte RemainingWords => (byte)(_rest.Length / 2);

    /// <summary>What has not been read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Reads the next segment; false at the end.</summary>
    public bool TryNext(out Segment segment)
    {
        segment = default;
        if (_rest.IsEmpty)
        {
            return false;
        }

        segment = (_rest[0] >> 5) switch
        {
            0 => ReadPort(),
            1 => _rest[0] == KeySegment ? ReadKey() : ReadLogical(),
            _ => _rest[0] == SymbolSegment ? ReadSymbol() : Bad(),
        };
        return true;
    }

    private Segment ReadPort()
    {
        var port = (uint)(_rest[0] & ExtendedPort);
        var isLong = (_rest[0] & LongLink) != 0;
        var at = 1;
        var linkLength = 1;
        if (isLong)
        {
            if (_rest.Length < 2)
            {
                return Bad();
            }

            linkLength = _rest[1];
            at = 2;
        }

        if (port == ExtendedPort)
        {
            if (_rest.Length < at + 2)
            {
                return Bad();
            }

            port = BinaryPrimitives.ReadUInt16LittleEndian(_rest[at..]);
            at += 2;
        }

        return Take(SegmentKind.Port, port, at, linkLength);
    }

    private Segment ReadKey() => _rest.Length < 2 || _rest[1] != KeyFormat ? Bad() : Take(SegmentKind.ElectronicKey, 0, 2, KeyLength);

    private Segment ReadSymbol() => _rest.Length < 2 || _rest[1] == 0 ? Bad() : Take(SegmentKind.Symbol, 0, 2, _rest[1]);

    private Segment ReadLogical()
    {
        var kind = ((_rest[0] >> 2) & 7) switch
        {
            0 => SegmentKind.ClassId,
            1 => SegmentKind.InstanceId,
            2 => SegmentKind.ElementId,
            4 => SegmentKind.AttributeId,
            _ => SegmentKind.Bad,
        };
        var length = (_rest[0] & 3) switch { 0 => 2, 1 => 4, 2 => 6, _ => int.MaxValue };
        if (kind is SegmentKind.Bad || length > _rest.Length)
        {
            return Bad();
        }

        var number = length switch
        {
            2 => _rest[1],
            4 => BinaryPrimitives.ReadUInt16LittleEndian(_rest[2..]),
            _ => BinaryPrimitives.ReadUInt32LittleEndian(_rest[2..]),
        };
        _rest = _rest[length..];
        return new(kind, number, []);
    }

    private Segment Take(SegmentKind kind, uint number, int at, int length)
    {
        var end = at + length;
        end += end % 2;
        if (end > _rest.Length)
        {
            return Bad();
        }

        var text = _rest.Slice(at, length);
        _rest = _rest[end..];
        return new(kind, number, text);
    }

    private Segment Bad()
    {
        _rest = [];
        return new(SegmentKind.Bad, 0, []);
    }
}
