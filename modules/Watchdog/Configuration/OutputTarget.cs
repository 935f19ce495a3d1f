using System.Globalization;

namespace Sallyport.Watchdog.Configuration;

/// <summary>What is switched.</summary>
internal abstract record OutputTarget
{
    private OutputTarget()
    {
    }

    /// <summary>A light of the kernel's LED class.</summary>
    /// <param name="Name">Its folder below the folder of all LEDs.</param>
    internal sealed record Led(string Name) : OutputTarget;

    /// <summary>A line of a GPIO chip.</summary>
    /// <param name="Chip">Number of the chip.</param>
    /// <param name="Line">Offset of the line on its chip.</param>
    /// <param name="IsActiveLow">Whether the line is on when its voltage is low.</param>
    internal sealed record Gpio(int Chip, uint Line, bool IsActiveLow) : OutputTarget
    {
        public string ChipPath => "/dev/gpiochip" + Chip.ToString(CultureInfo.InvariantCulture);
    }
}
