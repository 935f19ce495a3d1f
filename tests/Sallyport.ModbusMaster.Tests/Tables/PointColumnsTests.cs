using System.Text.RegularExpressions;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Tables;

namespace Sallyport.ModbusMaster.Tests.Tables;

public sealed partial class PointColumnsTests
{
    [Fact]
    public void Every_key_that_a_point_may_have_has_a_column_and_no_column_is_without_a_key() => Assert.Equal(
        KnownKeys().Order(StringComparer.Ordinal),
        PointColumns.Keys.Select(column => column.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void Device_and_name_are_no_keys_of_a_point() =>
        Assert.DoesNotContain(KnownKeys(), key => key is PointColumns.Device or PointColumns.Name);

    // The plan reader says so itself.
    private static string[] KnownKeys()
    {
        PlanReading<DevicePlan> reading = Plans.Judge(Plans.Example.Replace("\"address\":", "\"adress\":1,\"address\":", StringComparison.Ordinal));
        PlanFault fault = Assert.IsType<PlanReading<DevicePlan>.Refused>(reading).Faults.First(fault => fault.Pointer.EndsWith("/adress", StringComparison.Ordinal));
        return KnownAre.Match(fault.Reason).Groups["keys"].Value.Split(", ");
    }

    [GeneratedRegex(@"known here are (?<keys>.*)\.\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KnownAre { get; }
}
