using System.Globalization;

namespace Sallyport.Watchdog.Annunciator;

/// <summary>A light of the kernel's LED class: a folder with the files <c>brightness</c>, <c>max_brightness</c> and <c>trigger</c>.</summary>
/// <remarks>Documentation/leds/leds-class.rst of the kernel. The trigger becomes <c>none</c>: a light that the kernel makes blink would go on blinking when this
/// module is dead.</remarks>
internal sealed class LedOutput(string folder) : IAnnunciatorOutput
{
    private string? _brightest;

    public string? Set(bool isOn)
    {
        try
        {
            _brightest ??= Take();
            Write("brightness", isOn ? _brightest : "0");
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It may come back as another one, with a trigger of its own.
            _brightest = null;
            return $"the LED {folder} cannot be switched: {e.Message}";
        }
    }

    public void Dispose()
    {
    }

    private string Take()
    {
        if (File.Exists(Path.Combine(folder, "trigger")))
        {
            Write("trigger", "none");
        }

        var most = Path.Combine(folder, "max_brightness");
        return File.Exists(most) && int.TryParse(File.ReadAllText(most), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value) && value > 0
            ? value.ToString(CultureInfo.InvariantCulture)
            : "1";
    }

    private void Write(string file, string value)
    {
        using var stream = new FileStream(Path.Combine(folder, file), FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(value + "\n"));
    }
}
