using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Types;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>What is known of one tag of a group.</summary>
internal sealed class TagState(TagRequest request)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private const int MaxDoublings = 6;

    private int _refusals;
    private ushort _mismatchCode;
    private ValueOutcome _mismatch;

    /// <summary>What is to be read.</summary>
    public TagRequest Request { get; } = request;

    /// <summary>Its name.</summary>
    public TagName Name => Request.Name;

    /// <summary>The type of the element that is read; null if it is to be learned. Of a bit it is that of the integer around it.</summary>
    public CipDataType? HostType { get; private set; }

    /// <summary>Whether it is an element of an array of BOOL, which is read as double words.</summary>
    public bool IsBitArray { get; private set; }

    /// <summary>Whether it is read by itself, since it was refused or was something else together with others.</summary>
    public bool IsSolo { get; set; }

    /// <summary>Whether this round has to ask for it once more, in another way.</summary>
    public bool IsRest { get; set; }

    /// <summary>Whether its number is not used.</summary>
    public bool IsByName { get; set; }

    /// <summary>Whether it is so large that it is read in parts from the start.</summary>
    public bool IsLarge { get; set; }

    /// <summary>The structure that its string is; 0 if it is none.</summary>
    public ushort StringHandle { get; private set; }

    /// <summary>How many characters that has room for.</summary>
    public int StringCapacity { get; private set; }

    /// <summary>Whether it was tried as an element of an array of BOOL.</summary>
    public bool HasTriedBitArray { get; private set; }

    /// <summary>The time before which it is not asked for, as a timestamp.</summary>
    public long NotBefore { get; private set; } = long.MinValue;

    /// <summary>What it is while it is not asked for.</summary>
    public ValueOutcome Refusal { get; private set; }

    /// <summary>Whether it was refused the last time.</summary>
    public bool IsSuspect => _refusals > 0;

    /// <summary>The type of the value, given or learned.</summary>
    public CipDataType? Type => Request.Type ?? (Name.Bit is not null || IsBitArray ? CipDataType.Bool : HostType);

    /// <summary>A session begins: what was refused may be there now, and what was learned is learned again.</summary>
    public void Begin(bool isMicro800)
    {
        (IsSolo, IsByName, IsLarge, HasTriedBitArray, NotBefore, _mismatchCode) = (false, false, false, false, long.MinValue, 0);
        (StringHandle, StringCapacity) = (0, 0);
        bool isBitOfInteger = Name.Bit is not null;
        IsBitArray = Request.Type is CipDataType.Bool && Name.LastIndex is not null && !isBitOfInteger && !isMicro800;
        HostType = IsBitArray ? CipDataType.Dword : isBitOfInteger && Request.Type is CipDataType.Bool ? null : Request.Type;
    }

    /// <summary>How the element is read.</summary>
    public ElementFormat Format
    {
        get
        {
            int bit = IsBitArray ? (int)(Name.LastIndex.GetValueOrDefault() % 32) : Name.Bit ?? ElementFormat.NoBit;
            return new ElementFormat(HostType.GetValueOrDefault(), bit, Request.Encoding);
        }
    }

    /// <summary>It has this type.</summary>
    public void Learn(CipDataType type) => HostType = type;

    /// <summary>It is a string, and this structure.</summary>
    public void Learn(ushort handle, int capacity) => (HostType, StringHandle, StringCapacity) = (HostType ?? CipDataType.String, handle, capacity);

    /// <summary>It is tried as an element of an array of BOOL, or no more.</summary>
    public void TryBitArray(bool isOne)
    {
        (IsBitArray, HasTriedBitArray) = (isOne, true);
        HostType = isOne ? CipDataType.Dword : null;
    }

    /// <summary>It was refused: it is asked for rarely, and more rarely each time.</summary>
    /// <returns>What it is until then.</returns>
    public ValueOutcome Refuse(StatusCode status, string reason, TimeProvider time)
    {
        TimeSpan wait = TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(_refusals, MaxDoublings)));
        _refusals++;
        NotBefore = time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
        Refusal = ValueOutcome.Bad(status, reason);
        return Refusal;
    }

    /// <summary>It cannot be asked for in this session.</summary>
    public void RefuseForGood(string reason)
    {
        NotBefore = long.MaxValue;
        Refusal = ValueOutcome.Bad(StatusCode.BadConfigurationError, reason);
    }

    /// <summary>It was read.</summary>
    public void Served() => _refusals = 0;

    /// <summary>It has another type than it should have. The words are found once for each type.</summary>
    public ValueOutcome Mismatch(ushort typeCode)
    {
        if (_mismatchCode != typeCode)
        {
            string found = CipDataTypes.NameOf((CipDataType)typeCode) is { } name ? name : typeCode == 0x02A0 ? "a structure" : $"of type 0x{typeCode:X4}";
            string wanted = CipDataTypes.NameOf(HostType.GetValueOrDefault()) ?? "known";
            (_mismatchCode, _mismatch) = (typeCode, ValueOutcome.Bad(StatusCode.BadConfigurationError, $"the tag is {found}, not {wanted}: change the type, or leave it out"));
        }

        return _mismatch;
    }
}
