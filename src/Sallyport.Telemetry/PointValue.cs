using System.Globalization;
using System.Runtime.CompilerServices;

namespace Sallyport.Telemetry;

/// <summary>One value of a point, without boxing. The default is <c>false</c>.</summary>
/// <remarks>JSON has one kind of number: what was written as <see cref="PointValueKind.SinglePrecision"/> is read back as the
/// <see cref="PointValueKind.DoublePrecision"/> with the same text, or as an integer where the text is one.</remarks>
public readonly record struct PointValue
{
    /// <summary>The largest magnitude that an integer may have to be written as a JSON number: 2^53.</summary>
    public const long LargestJsonInteger = 1L << 53;

    private readonly long _bits;
    private readonly string? _text;

    private PointValue(PointValueKind kind, long bits, string? text)
    {
        Kind = kind;
        _bits = bits;
        _text = text;
    }

    /// <summary>Which of the <c>As…</c> members may be called.</summary>
    public PointValueKind Kind { get; }

    /// <summary>False for NaN and the infinities, which JSON cannot say.</summary>
    public bool IsFinite => Kind switch
    {
        PointValueKind.SinglePrecision => float.IsFinite(AsSingle()),
        PointValueKind.DoublePrecision => double.IsFinite(AsDouble()),
        _ => true,
    };

    /// <summary>A coil, a discrete input, a bit.</summary>
    public static PointValue FromBoolean(bool value) => new(PointValueKind.Flag, value ? 1 : 0, null);

    /// <summary>Any signed integer.</summary>
    public static PointValue FromInt64(long value) => new(PointValueKind.SignedInteger, value, null);

    /// <summary>Any unsigned integer.</summary>
    public static PointValue FromUInt64(ulong value) => new(PointValueKind.UnsignedInteger, unchecked((long)value), null);

    /// <summary>A binary32; written with the fewest digits that give the same binary32 again.</summary>
    public static PointValue FromSingle(float value) =>
        new(PointValueKind.SinglePrecision, Unsafe.BitCast<float, int>(value), null);

    /// <summary>A binary64; written with the fewest digits that give the same binary64 again.</summary>
    public static PointValue FromDouble(double value) =>
        new(PointValueKind.DoublePrecision, Unsafe.BitCast<double, long>(value), null);

    /// <summary>Text of any length that fits into a frame.</summary>
    public static PointValue FromText(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(PointValueKind.Text, 0, value);
    }

    /// <summary>The value of a <see cref="PointValueKind.Flag"/>.</summary>
    public bool AsBoolean() => Kind == PointValueKind.Flag ? _bits != 0 : throw Not(PointValueKind.Flag);

    /// <summary>The value of a <see cref="PointValueKind.SignedInteger"/>, or of an unsigned one that fits.</summary>
    public long AsInt64() => Kind switch
    {
        PointValueKind.SignedInteger => _bits,
        PointValueKind.UnsignedInteger when _bits >= 0 => _bits,
        _ => throw Not(PointValueKind.SignedInteger),
    };

    /// <summary>The value of a <see cref="PointValueKind.UnsignedInteger"/>, or of a signed one that is not negative.</summary>
    public ulong AsUInt64() => Kind switch
    {
        PointValueKind.UnsignedInteger => unchecked((ulong)_bits),
        PointValueKind.SignedInteger when _bits >= 0 => (ulong)_bits,
        _ => throw Not(PointValueKind.UnsignedInteger),
    };

    /// <summary>The value of a <see cref="PointValueKind.SinglePrecision"/>.</summary>
    public float AsSingle() =>
        Kind == PointValueKind.SinglePrecision ? Unsafe.BitCast<int, float>((int)_bits) : throw Not(PointValueKind.SinglePrecision);

    /// <summary>Any number as a binary64; exact for all kinds but integers beyond 2^53.</summary>
    public double AsDouble() => Kind switch
    {
        PointValueKind.DoublePrecision => Unsafe.BitCast<long, double>(_bits),
        PointValueKind.SinglePrecision => AsSingle(),
        PointValueKind.SignedInteger => _bits,
        PointValueKind.UnsignedInteger => unchecked((ulong)_bits),
        _ => throw Not(PointValueKind.DoublePrecision),
    };

    /// <summary>The value of a <see cref="PointValueKind.Text"/>.</summary>
    public string AsText() => _text ?? throw Not(PointValueKind.Text);

    /// <summary>The value as JSON would say it, without quotes.</summary>
    public override string ToString() => Kind switch
    {
        PointValueKind.Flag => _bits != 0 ? "true" : "false",
        PointValueKind.SignedInteger => _bits.ToString(CultureInfo.InvariantCulture),
        PointValueKind.UnsignedInteger => AsUInt64().ToString(CultureInfo.InvariantCulture),
        PointValueKind.SinglePrecision => AsSingle().ToString(CultureInfo.InvariantCulture),
        PointValueKind.DoublePrecision => AsDouble().ToString(CultureInfo.InvariantCulture),
        _ => _text!,
    };

    private InvalidOperationException Not(PointValueKind wanted) => new($"The value is a {Kind}, not a {wanted}.");
}
