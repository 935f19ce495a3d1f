using System.Runtime.InteropServices;
using Sallyport.Watchdog.Configuration;

namespace Sallyport.Watchdog.Annunciator;

/// <summary>A line of a GPIO chip. Nobody else can have it while this has it; the kernel lets go of it when the process ends.</summary>
internal sealed class GpioOutput(OutputTarget.Gpio target, IGpioKernel kernel) : IAnnunciatorOutput
{
    private int? _line;

    public string? Set(bool isOn)
    {
        if (_line is null && Take() is { } refused)
        {
            return refused;
        }

        var result = kernel.Control(_line!.Value, GpioLineRequest.SetValues, GpioLineRequest.EncodeValue(isOn));
        if (result >= 0)
        {
            return null;
        }

        // A chip behind USB can go and come back.
        Dispose();
        return Fault("switched", result);
    }

    public void Dispose()
    {
        if (_line is { } line)
        {
            kernel.Close(line);
            _line = null;
        }
    }

    private string? Take()
    {
        var chip = kernel.Open(target.ChipPath);
        if (chip < 0)
        {
            return Fault("opened", chip);
        }

        var request = GpioLineRequest.Encode(target.Line, target.IsActiveLow);
        var result = kernel.Control(chip, GpioLineRequest.Take, request);
        kernel.Close(chip);
        if (result < 0)
        {
            return Fault("taken", result);
        }

        _line = GpioLineRequest.Descriptor(request);
        return null;
    }

    private string Fault(string deed, int result) => $"line {target.Line} of {target.ChipPath} cannot be {deed}: {Marshal.GetPInvokeErrorMessage(-result)}";
}
