using Sallyport.Telemetry;

namespace Sallyport.Modbus;

/// <summary>Binary coded decimals: four bits for each digit, the most significant one first.</summary>
internal static class DecimalDigits
{
    private const int BitsPerDigit = 4;

    /// <summary>The number, or a bad outcome if any digit is beyond 9: such bits are no number at all.</summary>
    public static ValueOutcome Decode(ulong bits)
    {
        long number = 0;
        for (int shift = 64 - BitsPerDigit; shift >= 0; shift -= BitsPerDigit)
        {
            int digit = (int)(bits >> shift) & 0xF;
            if (digit > 9)
            {
                return ValueOutcome.Bad(StatusCode.BadOutOfRange, "not a decimal digit");
            }

            number = (number * 10) + digit;
        }

        return ValueOutcome.Good(PointValue.FromInt64(number));
    }
}
