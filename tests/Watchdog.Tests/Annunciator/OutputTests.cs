using Sallyport.Watchdog.Annunciator;
using Sallyport.Watchdog.Configuration;

namespace Sallyport.Watchdog.Tests.Annunciator;

public sealed class OutputTests : IDisposable
{
    private readonly LedFolder _leds = new();
    private readonly FakeGpioKernel _kernel = new();

    public void Dispose() => _leds.Dispose();

    [Theory]
    [InlineData(255)]
    [InlineData(1)]
    public void A_light_is_taken_from_the_kernel_and_switched_to_its_full_brightness(int brightest)
    {
        _leds.Add("red:alarm", brightest);
        using var led = new LedOutput(Path.Combine(_leds.Path, "red:alarm"));
        Assert.Null(led.Set(isOn: true));
        Assert.Equal(("none", brightest.ToString(System.Globalization.CultureInfo.InvariantCulture)), (_leds.Read("red:alarm", "trigger"), _leds.Read("red:alarm", "brightness")));
        Assert.Null(led.Set(isOn: false));
        Assert.Equal("0", _leds.Read("red:alarm", "brightness"));
    }

    [Fact]
    public void A_light_that_goes_and_comes_back_is_taken_again()
    {
        _leds.Add("red");
        using var led = new LedOutput(Path.Combine(_leds.Path, "red"));
        Assert.Null(led.Set(isOn: true));
        _leds.Remove("red");
        Assert.Contains("cannot be switched", led.Set(isOn: false), StringComparison.Ordinal);
        _leds.Add("red", brightest: 7);
        Assert.Null(led.Set(isOn: true));
        Assert.Equal(("none", "7"), (_leds.Read("red", "trigger"), _leds.Read("red", "brightness")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_line_is_off_when_it_is_taken_and_goes_where_it_is_told(bool isActiveLow)
    {
        using var line = new GpioOutput(new OutputTarget.Gpio(0, 17, isActiveLow), _kernel);
        Assert.Null(line.Set(isOn: false));
        Assert.Equal(isActiveLow, _kernel.IsHigh[17]);
        Assert.Null(line.Set(isOn: true));
        Assert.Equal(!isActiveLow, _kernel.IsHigh[17]);
    }

    [Fact]
    public void A_line_that_is_left_is_free_and_nothing_stays_open()
    {
        var line = new GpioOutput(new OutputTarget.Gpio(0, 17, IsActiveLow: false), _kernel);
        Assert.Null(line.Set(isOn: true));
        line.Dispose();
        Assert.Equal((0, false), (_kernel.OpenDescriptors, _kernel.IsHigh.ContainsKey(17)));
    }

    [Fact]
    public void A_line_that_somebody_has_is_told_with_the_reason_of_the_kernel()
    {
        _kernel.Foreign.Add(17);
        using var line = new GpioOutput(new OutputTarget.Gpio(0, 17, IsActiveLow: false), _kernel);
        Assert.Equal("line 17 of /dev/gpiochip0 cannot be taken: Device or resource busy", line.Set(isOn: true));
        Assert.Equal(0, _kernel.OpenDescriptors);
        _kernel.Foreign.Clear();
        Assert.Null(line.Set(isOn: true));
    }

    [Fact]
    public void A_chip_that_goes_and_comes_back_is_taken_again()
    {
        using var line = new GpioOutput(new OutputTarget.Gpio(0, 17, IsActiveLow: false), _kernel);
        Assert.Null(line.Set(isOn: true));
        _kernel.IsThere = false;
        Assert.Equal("line 17 of /dev/gpiochip0 cannot be switched: No such device", line.Set(isOn: false));
        Assert.Equal("line 17 of /dev/gpiochip0 cannot be opened: No such file or directory", line.Set(isOn: false));
        _kernel.IsThere = true;
        Assert.Null(line.Set(isOn: true));
        Assert.True(_kernel.IsHigh[17]);
    }

    /// <summary>The calls of the real kernel: there is no such chip on a machine that builds, and what is no chip says so.</summary>
    [Fact]
    public void The_kernel_itself_says_what_is_no_chip()
    {
        var kernel = new GpioKernel();
        Assert.Equal(-2, kernel.Open("/dev/sallyport-no-such-chip"));
        var descriptor = kernel.Open("/dev/null");
        Assert.InRange(descriptor, 1, int.MaxValue);
        Assert.Equal(-25, kernel.Control(descriptor, GpioLineRequest.Take, GpioLineRequest.Encode(17, isActiveLow: false)));
        kernel.Close(descriptor);
    }
}
