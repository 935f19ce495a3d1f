using System.Text.Json;
using Sallyport.Telemetry;

namespace Sallyport.Hosting.Configuration;

/// <content>Numbers of any size.</content>
public readonly partial struct DesiredReader
{
    /// <summary>Requires a number. One that is written without a fraction or an exponent is an integer and exact up to 64 bits; others are doubles.</summary>
    public bool TryNumber(out PointValue value)
    {
        value = default;
        if (!IsThere())
        {
            return false;
        }

        if (_element.ValueKind is JsonValueKind.Number)
        {
            if (_element.TryGetInt64(out long signed))
            {
                value = PointValue.FromInt64(signed);
                return true;
            }

            if (_element.TryGetUInt64(out ulong unsigned))
            {
                value = PointValue.FromUInt64(unsigned);
                return true;
            }

            if (_element.TryGetDouble(out double number) && double.IsFinite(number))
            {
                value = PointValue.FromDouble(number);
                return true;
            }
        }

        Refuse($"{Found()} is not a number.");
        return false;
    }

    /// <summary>Allows a number; if nothing stands here, it is null.</summary>
    public bool TryNumber(out double? value)
    {
        value = null;
        if (!Exists)
        {
            return true;
        }

        bool isNumber = TryNumber(out PointValue number);
        value = isNumber ? number.AsDouble() : null;
        return isNumber;
    }
}
