using System.Globalization;
using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Tests;

/// <summary>Plans for tests, from the documents that users would write.</summary>
internal static class Plans
{
    /// <summary>The example of the module's README.</summary>
    public const string Example = """
        {"connections":{"plant":{"endpoint":"modbus-tcp://10.0.0.5:502","timeoutMs":1000,"connectTimeoutMs":3000}},
         "units":{"chiller-1":{"connection":"plant","unitId":1,"wordOrder":"ABCD"}},
         "groups":{"fast":{"intervalMs":1000}},
         "points":{"chiller-1":{"supply_temp":{"group":"fast","table":"holdingRegister","address":0,"type":"float32","wordOrder":"CDAB"}}}}
        """;

    public static DevicePlan Read(string json) => Assert.IsType<PlanReading<DevicePlan>.Accepted>(Judge(json)).Plan;

    public static PlanReading<DevicePlan> Judge(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return new DevicePlanReader().Read(document.RootElement);
    }

    /// <summary>Units on connections of their own (host = unit name), each with a group <c>fast</c> every second.</summary>
    /// <param name="units">Per unit: its name and the addresses of its points, all uint16 holding registers named <c>p</c> and the address.</param>
    public static DevicePlan Of(params (string Unit, int[] Addresses)[] units) => Read(JsonFor(units));

    public static string JsonFor(params (string Unit, int[] Addresses)[] units)
    {
        string connections = Members(units, unit => Object($"\"endpoint\":\"modbus-tcp://{unit.Unit}:502\""));
        string unitEntries = Members(units, unit => Object($"\"connection\":\"{unit.Unit}\",\"unitId\":1"));
        string points = Members(units, unit => Object(string.Join(',', unit.Addresses.Select(Point))));
        return Object(
            $"\"connections\":{connections},\"units\":{unitEntries},\"groups\":{{\"fast\":{{\"intervalMs\":1000}}}},\"points\":{points}");
    }

    /// <summary>A unit <c>u</c> with these points in the group <c>fast</c>, every second.</summary>
    public static string WithPoints(string points) => Object(
        "\"connections\":{\"u\":{\"endpoint\":\"modbus-tcp://u\"}},\"units\":{\"u\":{\"connection\":\"u\",\"unitId\":1}},"
        + $"\"groups\":{{\"fast\":{{\"intervalMs\":1000}}}},\"points\":{{\"u\":{Object(points)}}}");

    public static CurrentPlan<DevicePlan>.Edition Edition(DevicePlan plan, long version) => new(plan, version, $"cfg{version}");

    private static string Members((string Unit, int[] Addresses)[] units, Func<(string Unit, int[] Addresses), string> value) =>
        Object(string.Join(',', units.Select(unit => $"\"{unit.Unit}\":{value(unit)}")));

    private static string Point(int address) => string.Create(
        CultureInfo.InvariantCulture,
        $"\"p{address}\":{{\"group\":\"fast\",\"table\":\"holdingRegister\",\"address\":{address},\"type\":\"uint16\"}}");

    private static string Object(string members) => "{" + members + "}";
}
