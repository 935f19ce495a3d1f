using Sallyport.EtherNetIp.Replies;
using Sallyport.EtherNetIp.Types;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Decodes what a reply has, once its type and its length are what they must be.</summary>
internal sealed class ValueTaking(Controller controller, TagState[] states)
{
    private const ushort StandardStringHandle = 0x0FCE;
    private const int StandardStringCapacity = 82;

    /// <summary>What a reply told beside the values.</summary>
    internal enum Finding
    {
        /// <summary>Nothing new.</summary>
        Nothing,

        /// <summary>A type: the next plan may be better.</summary>
        Learned,

        /// <summary>What was to be read together is not what it was thought to be.</summary>
        OtherLayout,

        /// <summary>The tag has to be asked for in another way.</summary>
        ReadAgain,

        /// <summary>The tag has no value of its own.</summary>
        NoValue,

        /// <summary>The array is shorter than the index.</summary>
        NoElement,
    }

    /// <summary>Puts the values of an item where they belong.</summary>
    public Finding Take(ReadItem item, TagData data, Span<ValueOutcome> values)
    {
        if (item.StructureHandle != 0)
        {
            return Structure(item, data, values);
        }

        return item.Consumers.Length > 1 ? Array(item, data, values) : Single(item, data, values);
    }

    private static Finding Structure(ReadItem item, TagData data, Span<ValueOutcome> values)
    {
        bool isExpected = data.IsStructure && data.StructureHandle == item.StructureHandle && data.Bytes.Length == item.StructureSize;
        foreach (ReadItem.Consumer consumer in item.Consumers)
        {
            values[consumer.Tag] = !isExpected ? Unexpected
                : consumer.Capacity > 0 ? ValueDecoder.DecodeString(data.Bytes, consumer.Place, consumer.Capacity, consumer.Format.Encoding)
                : ValueDecoder.Decode(data.Bytes, consumer.Place, consumer.Format);
        }

        return isExpected ? Finding.Nothing : Finding.OtherLayout;
    }

    private static Finding Array(ReadItem item, TagData data, Span<ValueOutcome> values)
    {
        int elements = item.Read.Elements;
        CipDataType type = item.Consumers[0].Format.Type;
        bool isExpected = data.TypeCode == (ushort)type && data.Bytes.Length == elements * CipDataTypes.SizeOf(type, data.Bytes.Length, elements);
        foreach (ReadItem.Consumer consumer in item.Consumers)
        {
            values[consumer.Tag] = isExpected ? ValueDecoder.Decode(data, elements, consumer.Place, consumer.Format) : Unexpected;
        }

        return isExpected ? Finding.Nothing : Finding.OtherLayout;
    }

    private Finding Single(ReadItem item, TagData data, Span<ValueOutcome> values)
    {
        ReadItem.Consumer consumer = item.Consumers[0];
        TagState state = states[consumer.Tag];
        bool wasSuspect = state.IsSuspect;
        Finding finding = state.HostType is null ? Learn(state, data) : Finding.Nothing;
        if (finding is Finding.NoValue or Finding.ReadAgain)
        {
            values[consumer.Tag] = Unexpected;
            return finding;
        }

        if (state is { IsBitArray: true, HasTriedBitArray: true, Request.Type: null } && data.TypeCode != (ushort)CipDataType.Dword)
        {
            state.TryBitArray(isOne: false);
            values[consumer.Tag] = Unexpected;
            return Finding.NoElement;
        }

        state.Served();
        if (data.IsStructure && CipDataTypes.IsText(state.HostType.GetValueOrDefault()))
        {
            return Text(state, data, out values[consumer.Tag]) || wasSuspect ? Finding.Learned : finding;
        }

        CipDataType type = state.HostType.GetValueOrDefault();
        bool isOtherText = CipDataTypes.IsText(type) && CipDataTypes.IsText((CipDataType)data.TypeCode);
        if (data.TypeCode != (ushort)type && !isOtherText)
        {
            values[consumer.Tag] = state.Mismatch(data.TypeCode);
            return finding;
        }

        type = (CipDataType)data.TypeCode;
        bool hasLength = CipDataTypes.IsText(type) || data.Bytes.Length == CipDataTypes.SizeOf(type, data.Bytes.Length, elements: 1);
        values[consumer.Tag] = hasLength ? ValueDecoder.Decode(data, 1, 0, state.Format with { Type = type }) : OtherLength;
        return wasSuspect ? Finding.Learned : finding;
    }

    private Finding Learn(TagState state, TagData data)
    {
        var type = (CipDataType)data.TypeCode;
        if (data.IsStructure)
        {
            if (CapacityOf(data) > 0)
            {
                state.Learn(CipDataType.String);
                return Finding.Learned;
            }

            return Finding.NoValue;
        }

        if (CipDataTypes.SizeOf(type) == 0 && !CipDataTypes.IsText(type))
        {
            return Finding.NoValue;
        }

        bool isBitArray = type is CipDataType.Dword && state is { Request.Type: null, HasTriedBitArray: false, Name: { LastIndex: not null, Bit: null } };
        if (isBitArray && controller.Memory.Capabilities.HasTemplates)
        {
            state.TryBitArray(isOne: true);
            return Finding.ReadAgain;
        }

        state.Learn(type);
        return Finding.Learned;
    }

    // Whether it is news which structure the string is.
    private bool Text(TagState state, TagData data, out ValueOutcome value)
    {
        bool isKnown = state.StringHandle == data.StructureHandle && state.StringCapacity > 0;
        int capacity = isKnown ? state.StringCapacity : CapacityOf(data);
        if (capacity == 0)
        {
            value = state.Mismatch(data.TypeCode);
            controller.WantSymbols();
            return false;
        }

        value = ValueDecoder.DecodeString(data.Bytes, 0, capacity, state.Request.Encoding);
        if (!isKnown)
        {
            state.Learn(data.StructureHandle, capacity);
        }

        return !isKnown;
    }

    private int CapacityOf(TagData data) =>
        data.StructureHandle == StandardStringHandle ? StandardStringCapacity : controller.Memory.Symbols?.CapacityOf(data.StructureHandle) ?? 0;

    private static ValueOutcome Unexpected { get; } = ValueOutcome.Bad(StatusCode.BadConfigurationError, "the reply has another type or length than expected");

    private static ValueOutcome OtherLength { get; } = ValueOutcome.Bad(StatusCode.BadCommunicationError, "the reply has another length than its type");
}
