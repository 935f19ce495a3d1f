using System.Runtime.InteropServices;
using System.Text;

namespace Sallyport.Watchdog.Annunciator;

/// <summary>What the kernel is asked about a line of a GPIO chip, in the bytes that it wants.</summary>
/// <remarks><c>struct gpio_v2_line_request</c> and <c>struct gpio_v2_line_values</c> of <c>linux/gpio.h</c>, in the order of bytes of the machine.</remarks>
internal static class GpioLineRequest
{
    /// <summary><c>GPIO_V2_GET_LINE_IOCTL</c>: takes a line for oneself.</summary>
    public const uint Take = 0xC250B407;

    /// <summary><c>GPIO_V2_LINE_SET_VALUES_IOCTL</c>: switches a line that one has.</summary>
    public const uint SetValues = 0xC010B40F;

    public const int Size = 592;
    public const int ConsumerOffset = 256;
    public const int FlagsOffset = 288;
    public const int LineCountOffset = 560;
    public const int DescriptorOffset = 588;
    public const int ValuesSize = 16;
    public const int MaskOffset = 8;

    public const ulong ActiveLow = 1 << 1;
    public const ulong Output = 1 << 3;

    /// <summary>One line as an output that is off.</summary>
    public static byte[] Encode(uint line, bool isActiveLow)
    {
        var request = new byte[Size];
        MemoryMarshal.Write(request, line);
        Encoding.ASCII.GetBytes("sallyport-watchdog", request.AsSpan(ConsumerOffset));
        MemoryMarshal.Write(request.AsSpan(FlagsOffset), Output | (isActiveLow ? ActiveLow : 0));
        MemoryMarshal.Write(request.AsSpan(LineCountOffset), 1u);
        return request;
    }

    /// <summary>The descriptor of the line, from what the kernel made of the request.</summary>
    public static int Descriptor(ReadOnlySpan<byte> request) => MemoryMarshal.Read<int>(request[DescriptorOffset..]);

    /// <summary>The only line of a request on or off.</summary>
    public static byte[] EncodeValue(bool isOn)
    {
        var values = new byte[ValuesSize];
        MemoryMarshal.Write(values, isOn ? 1UL : 0);
        MemoryMarshal.Write(values.AsSpan(MaskOffset), 1UL);
        return values;
    }
}
