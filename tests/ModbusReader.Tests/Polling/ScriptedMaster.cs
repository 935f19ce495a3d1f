using System.Buffers.Binary;
using System.Collections.Concurrent;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusReader.Tests.Polling;

/// <summary>A device without a wire: each register holds its own address, unless the test says otherwise.</summary>
internal sealed class ScriptedMaster : IModbusMaster
{
    /// <summary>What a request ends in; null for the data. May take its time.</summary>
    public Func<ReadRequest, Task<ReadOutcome?>> Answer { get; set; } = _ => Task.FromResult<ReadOutcome?>(null);

    /// <summary>What a register holds, by its address.</summary>
    public Func<ushort, ushort> Register { get; set; } = address => address;

    /// <summary>What asking who it is ends in: an exception, unless the test says otherwise. May take its time.</summary>
    public Func<CancellationToken, Task<IdentifyOutcome>> Identify { get; set; } = _ =>
        Task.FromResult<IdentifyOutcome>(new IdentifyOutcome.Failed(new ReadOutcome.Refused(new ModbusExceptionCode(1))));

    /// <summary>How often it was asked who it is.</summary>
    public int TimesIdentified { get; private set; }

    public ConcurrentQueue<string> Requests { get; } = new();

    public bool IsDisposed { get; private set; }

    /// <summary>How many reads were begun and brought data.</summary>
    public int Served { get; private set; }

    public int Depth { get; set; } = 1;

    public async ValueTask<ReadOutcome> ReadAsync(byte unitId, ReadRequest request, Memory<byte> data, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Requests.Enqueue(request.ToString());
        if (await Answer(request) is { } outcome)
        {
            return outcome;
        }

        Served++;
        data.Span[..request.ByteCount].Clear();
        for (int i = 0; !request.Table.HoldsBits && i < request.Quantity; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(data.Span[(i * 2)..], Register((ushort)(request.Address + i)));
        }

        return ReadOutcome.Good.Instance;
    }

    public async ValueTask<IdentifyOutcome> IdentifyAsync(byte unitId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TimesIdentified++;
        return await Identify(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    /// <summary>Refuses each request that reaches one of these addresses.</summary>
    public void Refuse(byte code, params int[] addresses) => Answer = request => Task.FromResult<ReadOutcome?>(
        addresses.Any(address => address >= request.Address && address < request.Address + request.Quantity)
            ? new ReadOutcome.Refused(new ModbusExceptionCode(code))
            : null);

    public void Always(ReadOutcome outcome) => Answer = _ => Task.FromResult<ReadOutcome?>(outcome);

    /// <summary>Says who it is, part by part in the order of the specification.</summary>
    public void Say(params string[] texts) => Identify = _ => Task.FromResult<IdentifyOutcome>(
        new IdentifyOutcome.Identified([.. texts.Select((text, id) => new IdentificationObject((byte)id, text))]));

    public void Recover() => Answer = _ => Task.FromResult<ReadOutcome?>(null);
}
