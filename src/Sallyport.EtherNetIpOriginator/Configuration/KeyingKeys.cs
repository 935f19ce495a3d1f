using System.Collections.Frozen;
using System.Globalization;
using Sallyport.EtherNetIp.Identity;
using Sallyport.Hosting.Configuration;

namespace Sallyport.EtherNetIpOriginator.Configuration;

/// <summary>The members of a controller that say which device it must be: keying, vendor, deviceType, productCode, revision, serial.</summary>
/// <remarks>There is no default: whoever reads any device that answers at an address has to say so.</remarks>
internal static class KeyingKeys
{
    private const string HowToGet = "\"sallyportctl eip identify HOST\" prints what to write here; \"keying\": \"ignore\" reads whatever device answers.";
    private const int MaxTextLength = 16;
    private const int SerialDigits = 8;

    private static readonly string[] Identity = ["vendor", "deviceType", "productCode", "revision"];

    private static readonly FrozenDictionary<string, RevisionMatch> Keyings = new Dictionary<string, RevisionMatch>(StringComparer.Ordinal)
    {
        ["exact"] = RevisionMatch.Exact,
        ["compatible"] = RevisionMatch.Compatible,
        ["ignore"] = RevisionMatch.Ignore,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Names of the members.</summary>
    public static IReadOnlyList<string> All { get; } = ["keying", .. Identity, "serial"];

    /// <summary>Reads the key, or refuses it.</summary>
    public static bool TryRead(DesiredReader entry, out ElectronicKey key)
    {
        key = new ElectronicKey();
        DesiredReader keying = entry["keying"];
        if (!keying.Exists)
        {
            keying.Refuse($"It is missing: exact, compatible or ignore, with vendor, deviceType, productCode and revision of the one device that may be read. {HowToGet}");
            return false;
        }

        return keying.TryChoice(Keyings, out RevisionMatch match)
            && (match is RevisionMatch.Ignore ? HasNone(entry) : TryIdentity(entry, match, out key));
    }

    private static bool HasNone(DesiredReader entry)
    {
        bool hasNone = true;
        foreach (string name in All.Skip(1))
        {
            if (entry[name].Exists)
            {
                entry[name].Refuse("With \"keying\": \"ignore\" nothing is compared: leave this out, or say exact or compatible.");
                hasNone = false;
            }
        }

        return hasNone;
    }

    private static bool TryIdentity(DesiredReader entry, RevisionMatch match, out ElectronicKey key)
    {
        key = new ElectronicKey();
        bool isWhole = true;
        foreach (string name in Identity)
        {
            if (!entry[name].Exists)
            {
                entry[name].Refuse($"It is missing, and keying compares it. {HowToGet}");
                isWhole = false;
            }
        }

        if (!isWhole)
        {
            return false;
        }

        bool isGood = entry["vendor"].TryInteger(1, ushort.MaxValue, out int vendor)
            & entry["deviceType"].TryInteger(0, ushort.MaxValue, out int deviceType)
            & entry["productCode"].TryInteger(0, ushort.MaxValue, out int productCode)
            & TryRevision(entry["revision"], out byte major, out byte? minor)
            & TrySerial(entry["serial"], out uint? serial);
        key = new ElectronicKey
        {
            Vendor = (ushort)vendor,
            DeviceType = (ushort)deviceType,
            ProductCode = (ushort)productCode,
            Major = major,
            Minor = minor,
            RevisionMatch = match,
            SerialNumber = serial,
        };
        return isGood;
    }

    private static bool TryRevision(DesiredReader entry, out byte major, out byte? minor)
    {
        (major, minor) = (0, null);
        if (!entry.TryText(MaxTextLength, out string? text))
        {
            return false;
        }

        string[] numbers = text.Split('.');
        bool isGood = numbers.Length is 1 or 2 && TryByte(numbers[0], out major) && major is > 0 and <= ElectronicKey.MaxMajor;
        if (isGood && numbers.Length == 2)
        {
            isGood = TryByte(numbers[1], out byte second);
            minor = second;
        }

        if (!isGood)
        {
            entry.Refuse($"\"{text}\" is no revision; write \"33.11\", or \"33\" to let any minor number pass. The major number is 1 to {ElectronicKey.MaxMajor}.");
        }

        return isGood;
    }

    private static bool TrySerial(DesiredReader entry, out uint? serial)
    {
        serial = null;
        if (!entry.Exists)
        {
            return true;
        }

        if (!entry.TryText(MaxTextLength, out string? text))
        {
            return false;
        }

        bool isGood = uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint number) && text.Length <= SerialDigits;
        if (!isGood)
        {
            entry.Refuse($"\"{text}\" is no serial number; write its hexadecimal digits, such as \"60A1B2C3\".");
        }

        serial = number;
        return isGood;
    }

    private static bool TryByte(string text, out byte number) => byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
