namespace Sallyport.Watchdog.Annunciator;

/// <summary>The three calls of the kernel that a GPIO line needs. A negative result is the number of an error.</summary>
internal interface IGpioKernel
{
    /// <summary>Opens a chip, for example <c>/dev/gpiochip0</c>.</summary>
    int Open(string chip);

    /// <summary>Asks; the answer stands where the question stood.</summary>
    int Control(int descriptor, uint request, Span<byte> argument);

    void Close(int descriptor);
}
