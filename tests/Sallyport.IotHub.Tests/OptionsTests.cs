using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.TestKit;

namespace Sallyport.IotHub.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void The_defaults_are_in_their_ranges_and_those_that_were_agreed()
    {
        var options = new HubConnectionOptions();

        Assert.Null(options.FindFault());
        Assert.Equal(TimeSpan.FromHours(1), options.TokenLife);
        Assert.Equal(TimeSpan.FromSeconds(120), options.WatchdogLimit);
        Assert.Equal(TimeSpan.FromSeconds(5), options.FirstDelay);
        Assert.Equal(TimeSpan.FromSeconds(300), options.LongestDelay);
        Assert.Equal(TimeSpan.FromSeconds(60), options.KeepAlive);
        Assert.Equal(TimeSpan.FromSeconds(20), options.PublishTimeout);
        Assert.Equal(64, options.MaxInFlight);
    }

    public static TheoryData<HubConnectionOptions, string> OutOfRange => new()
    {
        { new HubConnectionOptions { TokenLife = TimeSpan.FromHours(49) }, nameof(HubConnectionOptions.TokenLife) },
        { new HubConnectionOptions { InputDeadline = TimeSpan.FromSeconds(30) }, nameof(HubConnectionOptions.InputDeadline) },
        { new HubConnectionOptions { FirstDelay = TimeSpan.FromSeconds(301) }, nameof(HubConnectionOptions.FirstDelay) },
        { new HubConnectionOptions { WatchdogLimit = TimeSpan.Zero }, nameof(HubConnectionOptions.WatchdogLimit) },
        { new HubConnectionOptions { MaxInFlight = 0 }, nameof(HubConnectionOptions.MaxInFlight) },
        { new HubConnectionOptions { KeepAlive = TimeSpan.FromSeconds(1178) }, nameof(HubConnectionOptions.KeepAlive) },
    };

    [Theory]
    [MemberData(nameof(OutOfRange), DisableDiscoveryEnumeration = true)]
    public void An_option_out_of_its_range_is_named(HubConnectionOptions options, string name)
    {
        using var meters = new TestMeters();
        using var environment = EdgeEnvironment.Read(
            new Dictionary<string, string?>
            {
                ["EdgeHubConnectionString"] = "HostName=hub;DeviceId=d;SharedAccessKey=" + Convert.ToBase64String(new byte[32]),
                ["EdgeModuleCACertificateFile"] = "/ca.pem",
            },
            TimeProvider.System);

        ArgumentException exception = Assert.Throws<ArgumentException>(
            () => new HubConnection(environment, options, meters, TimeProvider.System, NullLoggerFactory.Instance));

        Assert.StartsWith(name, exception.Message, StringComparison.Ordinal);
    }
}
