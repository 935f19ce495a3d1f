using System.Buffers.Binary;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Ctl.Tests;

/// <summary>A device that exists on paper: some units, some readable registers, and manners.</summary>
internal sealed class PaperDevice : IModbusMaster
{
    public int Depth => 1;

    /// <summary>What lies where. An address that is not here gives exception 2.</summary>
    public Dictionary<int, ushort> Registers { get; } = [];

    public HashSet<int> Bits { get; } = [];

    /// <summary>The units that answer; others are silent.</summary>
    public HashSet<byte> Units { get; } = [1];

    /// <summary>The most registers that it gives at once; more give exception 3.</summary>
    public int MaxQuantity { get; init; } = 125;

    /// <summary>Answers instead of the device, if it wants to.</summary>
    public Func<byte, ReadRequest, ReadOutcome?> Manners { get; set; } = static (_, _) => null;

    public List<(byte UnitId, ReadRequest Request)> Asked { get; } = [];

    public static PaperDevice WithRegisters(int from, params ReadOnlySpan<ushort> values)
    {
        var device = new PaperDevice();
        for (int i = 0; i < values.Length; i++)
        {
            device.Registers[from + i] = values[i];
        }

        return device;
    }

    public ValueTask<ReadOutcome> ReadAsync(byte unitId, ReadRequest request, Memory<byte> data, CancellationToken cancellationToken)
    {
        Asked.Add((unitId, request));
        return ValueTask.FromResult(Manners(unitId, request) ?? Answer(unitId, request, data.Span));
    }

    /// <summary>What units say of themselves; those that are not here do not know the function.</summary>
    public Dictionary<byte, IdentifyOutcome> Identities { get; } = [];

    /// <summary>The units that were asked who they are.</summary>
    public List<byte> AskedForIdentity { get; } = [];

    public ValueTask<IdentifyOutcome> IdentifyAsync(byte unitId, CancellationToken cancellationToken)
    {
        AskedForIdentity.Add(unitId);
        return ValueTask.FromResult(
            Identities.GetValueOrDefault(unitId) ?? new IdentifyOutcome.Failed(new ReadOutcome.Refused(new ModbusExceptionCode(1))));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ReadOutcome Answer(byte unitId, ReadRequest request, Span<byte> data)
    {
        if (!Units.Contains(unitId))
        {
            return ReadOutcome.TimedOut.Instance;
        }

        if (request.Table.HoldsBits)
        {
            for (int i = 0; i < request.Quantity; i++)
            {
                data[i / 8] |= (byte)(Bits.Contains(request.Address + i) ? 1 << (i % 8) : 0);
            }

            return ReadOutcome.Good.Instance;
        }

        if (request.Quantity > MaxQuantity)
        {
            return new ReadOutcome.Refused(new ModbusExceptionCode(3));
        }

        for (int i = 0; i < request.Quantity; i++)
        {
            if (!Registers.TryGetValue(request.Address + i, out ushort value))
            {
                return new ReadOutcome.Refused(new ModbusExceptionCode(2));
            }

            BinaryPrimitives.WriteUInt16BigEndian(data[(i * 2)..], value);
        }

        return ReadOutcome.Good.Instance;
    }
}
