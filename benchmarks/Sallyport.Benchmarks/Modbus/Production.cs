using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Benchmarks.Modbus;

/// <summary>The plan and the connection as the module makes them, from the document that a user writes.</summary>
internal static class Production
{
    private static readonly ServiceProvider Services = new ServiceCollection()
        .AddMetrics()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<ModbusMetrics>()
        .AddSingleton<ModbusMasterFactory>()
        .BuildServiceProvider();

    /// <exception cref="InvalidOperationException">The reader refuses the document.</exception>
    public static DevicePlan Plan(JsonObject desired) => new DevicePlanReader().Read(JsonElement.Parse(desired.ToJsonString())) switch
    {
        PlanReading<DevicePlan>.Accepted accepted => accepted.Plan,
        PlanReading<DevicePlan>.Refused { Faults: [var first, ..] } => throw new InvalidOperationException($"{first.Pointer}: {first.Reason}"),
        _ => throw new InvalidOperationException("A plan is accepted or refused."),
    };

    /// <summary>The connection of the plan's first unit.</summary>
    public static IModbusMaster Master(DevicePlan plan) => Services.GetRequiredService<ModbusMasterFactory>().Create(plan.Units[0].Connection);

    /// <summary>A document with one connection and one unit with id 1.</summary>
    /// <param name="connection">The entry of the connection.</param>
    /// <param name="points">The points, or none for one that stands for them.</param>
    public static JsonObject Document(JsonObject connection, JsonObject? points = null) => new()
    {
        ["connections"] = new JsonObject { ["line"] = connection },
        ["units"] = new JsonObject { ["unit"] = new JsonObject { ["connection"] = "line", ["unitId"] = 1 } },
        ["groups"] = new JsonObject { ["all"] = new JsonObject { ["intervalMs"] = 1000 } },
        ["points"] = new JsonObject { ["unit"] = points ?? new JsonObject { ["one"] = Point(address: 0) } },
    };

    /// <summary>The entry of a point in a holding register.</summary>
    public static JsonObject Point(int address, string type = "uint16") => new()
    {
        ["group"] = "all",
        ["table"] = "holdingRegister",
        ["address"] = address,
        ["type"] = type,
    };
}
