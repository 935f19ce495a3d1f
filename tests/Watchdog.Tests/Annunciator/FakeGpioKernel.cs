using System.Runtime.InteropServices;
using Sallyport.Watchdog.Annunciator;

namespace Sallyport.Watchdog.Tests.Annunciator;

/// <summary>A kernel with one GPIO chip of 32 lines, by linux/gpio.h. Offsets stand here as numbers: that they are those of the header another test shows.</summary>
internal sealed class FakeGpioKernel : IGpioKernel
{
    private const int NoSuchFile = 2;
    private const int NoDevice = 19;
    private const int Busy = 16;
    private const int Invalid = 22;
    private const int ChipDescriptor = 3;

    private readonly Dictionary<int, uint> _lines = [];
    private readonly HashSet<uint> _activeLow = [];
    private int _next = 100;

    /// <summary>Voltage of each line that is an output.</summary>
    public Dictionary<uint, bool> IsHigh { get; } = [];

    /// <summary>Lines that somebody else has.</summary>
    public HashSet<uint> Foreign { get; } = [];

    /// <summary>Whether the chip is plugged in.</summary>
    public bool IsThere { get; set; } = true;

    public int OpenDescriptors { get; private set; }

    public int Open(string chip)
    {
        if (!IsThere || chip is not "/dev/gpiochip0")
        {
            return -NoSuchFile;
        }

        OpenDescriptors++;
        return ChipDescriptor;
    }

    public int Control(int descriptor, uint request, Span<byte> argument) =>
        !IsThere ? -NoDevice
        : (request, descriptor) switch
        {
            (0xC250B407, ChipDescriptor) => Take(argument),
            (0xC010B40F, _) when _lines.TryGetValue(descriptor, out var line) => Switch(line, argument),
            _ => -Invalid,
        };

    public void Close(int descriptor)
    {
        OpenDescriptors--;
        if (_lines.Remove(descriptor, out var line))
        {
            IsHigh.Remove(line);
        }
    }

    private int Take(Span<byte> request)
    {
        var line = MemoryMarshal.Read<uint>(request);
        var flags = MemoryMarshal.Read<ulong>(request[288..]);
        if (request.Length != 592 || line >= 32 || MemoryMarshal.Read<uint>(request[560..]) != 1 || (flags & ~2UL) != 8)
        {
            return -Invalid;
        }

        if (Foreign.Contains(line) || _lines.ContainsValue(line))
        {
            return -Busy;
        }

        var isActiveLow = (flags & 2) != 0;
        _ = isActiveLow ? _activeLow.Add(line) : _activeLow.Remove(line);
        IsHigh[line] = isActiveLow;
        _lines[_next] = line;
        MemoryMarshal.Write(request[588..], _next++);
        OpenDescriptors++;
        return 0;
    }

    private int Switch(uint line, Span<byte> values)
    {
        if (values.Length != 16 || MemoryMarshal.Read<ulong>(values[8..]) != 1)
        {
            return -Invalid;
        }

        IsHigh[line] = (MemoryMarshal.Read<ulong>(values) != 0) != _activeLow.Contains(line);
        return 0;
    }
}
