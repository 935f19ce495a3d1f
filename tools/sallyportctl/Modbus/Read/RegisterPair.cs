using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;

namespace Sallyport.Ctl.Modbus.Read;

/// <summary>Two registers as a float in each of the four orders, so that the right one can be seen.</summary>
internal static class RegisterPair
{
    private const double SmallestPlausible = 1e-4;
    private const double LargestPlausible = 1e7;

    /// <summary>The orders in the words of the configuration: which byte comes first over the wire; A is the most significant.</summary>
    public static ImmutableArray<string> Orders { get; } = ["ABCD", "CDAB", "BADC", "DCBA"];

    /// <summary>The float that begins at a register.</summary>
    /// <param name="data">The data bytes of the reply.</param>
    /// <param name="offset">Registers before it.</param>
    /// <param name="order">One of <see cref="Orders"/>.</param>
    public static float FloatAt(ReadOnlySpan<byte> data, int offset, string order)
    {
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[order[i] - 'A'] = data[(offset * 2) + i];
        }

        return BinaryPrimitives.ReadSingleBigEndian(bytes);
    }

    /// <summary>Whether a measured value may well look like this. Zero says nothing: it is zero in all orders.</summary>
    public static bool IsPlausible(float value) => Math.Abs(value) is >= (float)SmallestPlausible and < (float)LargestPlausible;

    /// <summary>The float as text, with a star if it is plausible.</summary>
    public static string TextOf(float value) => $"{value.ToString(CultureInfo.InvariantCulture)}{(IsPlausible(value) ? " *" : "  ")}";
}
