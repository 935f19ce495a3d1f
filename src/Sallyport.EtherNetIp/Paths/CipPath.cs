namespace Sallyport.EtherNetIp.Paths;

/// <summary>Where a request goes inside a device: a padded path, already as bytes.</summary>
/// <remarks>CIP Volume 1, appendix C. It has at most <see cref="MaxWords"/> words, as its length is one byte.</remarks>
public sealed class CipPath : IEquatable<CipPath>
{
    /// <summary>The longest path there can be, in words of 16 bits.</summary>
    public const int MaxWords = 255;

    private readonly byte[] _bytes;

    internal CipPath(byte[] bytes) => _bytes = bytes;

    /// <summary>The object that routes messages to the others.</summary>
    public static CipPath MessageRouter { get; } = Object(0x02, 1);

    /// <summary>The object that opens connections.</summary>
    public static CipPath ConnectionManager { get; } = Object(0x06, 1);

    /// <summary>The object that says who the device is.</summary>
    public static CipPath Identity { get; } = Object(0x01, 1);

    /// <summary>Its bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Its length, in bytes; even.</summary>
    public int Size => _bytes.Length;

    /// <summary>Its length, in words of 16 bits.</summary>
    public int Words => _bytes.Length / 2;

    /// <summary>The path to an instance of a class.</summary>
    public static CipPath Object(ushort classId, uint instance) => new CipPathBuilder().Class(classId).Instance(instance).Build();

    /// <summary>The path to an attribute of an instance.</summary>
    public static CipPath Attribute(ushort classId, uint instance, ushort attribute) =>
        new CipPathBuilder().Class(classId).Instance(instance).Attribute(attribute).Build();

    /// <inheritdoc/>
    public bool Equals(CipPath? other) => other is not null && Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CipPath);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    /// <summary>Its bytes in hexadecimal.</summary>
    public override string ToString() => Convert.ToHexString(_bytes);
}
