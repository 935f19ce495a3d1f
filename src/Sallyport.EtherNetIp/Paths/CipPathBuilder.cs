using System.Buffers.Binary;
using System.Text;

namespace Sallyport.EtherNetIp.Paths;

/// <summary>Puts a path together, segment by segment.</summary>
public sealed class CipPathBuilder
{
    /// <summary>The longest name that a segment may have, in characters.</summary>
    public const int MaxSymbolLength = byte.MaxValue;

    private readonly List<byte> _bytes = [];

    /// <summary>Length of what there is, in words of 16 bits.</summary>
    public int Words => _bytes.Count / 2;

    /// <summary>Adds a class.</summary>
    public CipPathBuilder Class(ushort classId) => Logical(0x20, classId);

    /// <summary>Adds an instance.</summary>
    public CipPathBuilder Instance(uint instance) => Logical(0x24, instance);

    /// <summary>Adds an instance with 16 bits or more, as the services of tags are asked for it.</summary>
    internal CipPathBuilder WideInstance(uint instance)
    {
        if (instance > byte.MaxValue)
        {
            return Instance(instance);
        }

        _bytes.AddRange([0x25, 0, (byte)instance, 0]);
        return this;
    }

    /// <summary>Adds an attribute.</summary>
    public CipPathBuilder Attribute(ushort attribute) => Logical(0x30, attribute);

    /// <summary>Adds an element of an array.</summary>
    public CipPathBuilder Element(uint index) => Logical(0x28, index);

    /// <summary>Adds a name.</summary>
    /// <exception cref="ArgumentException">It is empty, too long, or not ASCII; see <see cref="TagName"/> for the way to find out.</exception>
    public CipPathBuilder Symbol(string name)
    {
        if (name.Length is 0 or > MaxSymbolLength || !Ascii.IsValid(name))
        {
            throw new ArgumentException($"A symbol has 1 to {MaxSymbolLength} ASCII characters.", nameof(name));
        }

        _bytes.Add(0x91);
        _bytes.Add((byte)name.Length);
        AddPadded(name);
        return this;
    }

    /// <summary>Adds a port and an address behind it that is one byte, such as a slot.</summary>
    public CipPathBuilder Port(ushort port, byte address)
    {
        AddPort(port, isLong: false, addressSize: 0);
        _bytes.Add(address);
        return this;
    }

    /// <summary>Adds a port and an address behind it that is a text, such as an IP address.</summary>
    /// <exception cref="ArgumentException">It is empty, too long, or not ASCII; see <see cref="RoutePath"/> for the way to find out.</exception>
    public CipPathBuilder Port(ushort port, string address)
    {
        if (address.Length is 0 or > byte.MaxValue || !Ascii.IsValid(address))
        {
            throw new ArgumentException($"An address has 1 to {byte.MaxValue} ASCII characters.", nameof(address));
        }

        AddPort(port, isLong: true, (byte)address.Length);
        AddPadded(address);
        return this;
    }

    /// <summary>Adds all segments of another path.</summary>
    public CipPathBuilder Path(CipPath path)
    {
        _bytes.AddRange(path.Bytes);
        return this;
    }

    /// <summary>The path.</summary>
    /// <exception cref="InvalidOperationException">It has more than <see cref="CipPath.MaxWords"/> words.</exception>
    public CipPath Build() => Words <= CipPath.MaxWords
        ? new CipPath([.. _bytes])
        : throw new InvalidOperationException($"A path has at most {CipPath.MaxWords} words, this one {Words}.");

    private CipPathBuilder Logical(byte head, uint value)
    {
        Span<byte> bytes = stackalloc byte[6];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[2..], value);
        (bytes[0], int size) = value switch
        {
            <= byte.MaxValue => (head, 2),
            <= ushort.MaxValue => ((byte)(head | 1), 4),
            _ => ((byte)(head | 2), 6),
        };
        bytes[1] = value <= byte.MaxValue ? (byte)value : (byte)0;
        _bytes.AddRange(bytes[..size]);
        return this;
    }

    private void AddPort(ushort port, bool isLong, byte addressSize)
    {
        bool isExtended = port > 14;
        _bytes.Add((byte)((isExtended ? 15 : port) | (isLong ? 0x10 : 0)));
        if (isLong)
        {
            _bytes.Add(addressSize);
        }

        if (isExtended)
        {
            _bytes.Add((byte)port);
            _bytes.Add((byte)(port >> 8));
        }
    }

    private void AddPadded(string text)
    {
        foreach (char one in text)
        {
            _bytes.Add((byte)one);
        }

        if ((text.Length & 1) != 0)
        {
            _bytes.Add(0);
        }
    }
}
