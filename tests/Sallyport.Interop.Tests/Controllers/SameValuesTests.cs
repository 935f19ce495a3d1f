using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Simulator.EtherNetIpPlant;
using Sallyport.Simulator.Plant;

namespace Sallyport.Interop.Tests.Controllers;

/// <summary>What EtherNetIpReader delivers is what somebody else's client reads of the same controller.</summary>
public sealed class SameValuesTests
{
    // What the other client makes of structures has the words that hold their bits besides.
    private const string HiddenMember = "ZZZZZZZZZZ";

    private static readonly TimeSpan RunningTime = TimeSpan.FromSeconds(12_345);

    /// <summary>Tags whose values are read whole, by the other client's rules: it knows no UDINT, LREAL or BOOL array, and several indexes only to one element.</summary>
    private static readonly JsonObject[] Others =
    [
        .. ((string[])["Level", "Bottles", "Filled", "Pump", "Valve", "Offset", "Torque", "Position", "Total", "Retries", "Port", "Ratio", "Flags", "Limit", "Local:1:I"])
            .Select(name => Tag(name)),
        .. ((int[])[0, 1, 2, 30, 31]).Select(bit => Tag($"Flags.{Text(bit)}")),
        .. Enumerable.Range(0, 24).Select(at => Tag($"Cube[{Text(at / 12)},{Text(at / 4 % 3)},{Text(at % 4)}]")),
        .. Enumerable.Range(0, 30).Select(at => Tag($"Grid[{Text(at / 6)},{Text(at % 6)}]")),
        .. Enumerable.Range(0, CompactLogix.Stations).Select(station => Tag($"Station{station.ToString("D3", CultureInfo.InvariantCulture)}_Count")),
        Array("Counts", 2000),
        Array("Curve", 100),
        .. ((string[])["BatchName", "Titles[0]", "Titles[1]", "Titles[2]", "Motor1", "Motors[0]", "Motors[1]", "Motors[2]", "Motors[3]", "Recipe1"]).Select(Structure),
        OfMain(Tag("Step")),
        OfMain(Array("Buffer", 16)),
        OfMain(Structure("Drive")),
        Tag("Recipe1.Setpoints[3]"),
        Tag("Recipe1.Motors[1].Speed"),
        Tag("Recipe1.Motors[0].Tripped"),
        Tag("Motors[2].EnergyWh"),
    ];

    [Fact(Timeout = 120_000)]
    public async Task Each_value_that_is_delivered_is_the_one_that_st_ethernet_ip_reads()
    {
        const string Address = "127.0.9.25";

        // The controller's clock stands still, so that what moves is read alike.
        var time = new FakeTimeProvider();
        var ledger = new PlantLedger();
        await using var plant = new EtherNetIpPlantServer(
            CompactLogix.Create("line-1", ledger, time), ledger, new(IPAddress.Parse(Address), EtherNetIpPlantServer.Port), time, NullLogger<EtherNetIpPlantServer>.Instance);
        time.Advance(RunningTime);
        plant.Start();
        JsonElement read = await StEthernetIp.ReadAsync(Address, isConnected: true, new JsonArray([.. Others.Select(tag => tag.DeepClone())]).ToJsonString());
        Dictionary<string, JsonElement> theirs = [];
        JsonElement[] values = [.. read.GetProperty("values").EnumerateArray()];
        for (int i = 0; i < values.Length; i++)
        {
            string program = Others[i]["program"] is { } name ? $"Program:{name}." : "";
            Flatten($"{program}{Others[i]["name"]}", values[i].GetProperty("value"), theirs);
        }

        foreach (JsonElement tag in read.GetProperty("grouped").EnumerateArray())
        {
            string name = tag.GetProperty("name").GetString()!;
            Assert.True(theirs.TryGetValue(name, out JsonElement single) ? JsonElement.DeepEquals(single, tag.GetProperty("value")) : name is "Step", name);
        }

        await using var reader = new ReaderModule(Controller(Address), [.. theirs.Keys]);
        Dictionary<string, JsonElement> ours = await reader.DeliveredAsync();
        Assert.InRange(theirs.Count, 3200, int.MaxValue);
        Assert.All(theirs, tag => Assert.True(IsSame(ours[tag.Key], tag.Value), $"{tag.Key} is {ours[tag.Key]}, and not {tag.Value}."));
        Assert.Empty(plant.Device.Writes);
    }

    private static JsonObject Controller(string address) => new()
    {
        ["host"] = address,
        ["path"] = "1,0",
        ["keying"] = "exact",
        ["vendor"] = 1,
        ["deviceType"] = 14,
        ["productCode"] = 0x010B,
        ["revision"] = "33.11",
        ["serial"] = "00C0FFEE",
    };

    private static void Flatten(string path, JsonElement value, Dictionary<string, JsonElement> into)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject().Where(member => !member.Name.StartsWith(HiddenMember, StringComparison.Ordinal)))
                {
                    Flatten($"{path}.{member.Name}", member.Value, into);
                }

                break;
            case JsonValueKind.Array:
                foreach ((int index, JsonElement element) in value.EnumerateArray().Index())
                {
                    Flatten($"{path}[{Text(index)}]", element, into);
                }

                break;
            default:
                into[path] = value;
                break;
        }
    }

    // Theirs has 64-bit integers as texts, and a binary32 with all digits of the binary64 that is equal to it.
    private static bool IsSame(JsonElement ours, JsonElement theirs) => theirs.ValueKind is not JsonValueKind.Number || theirs.TryGetInt64(out _)
        ? string.Equals(ours.ToString(), theirs.ToString(), StringComparison.Ordinal)
        : ours.ValueKind is JsonValueKind.Number && ours.GetSingle().Equals(theirs.GetSingle());

    private static JsonObject Tag(string name) => new() { ["name"] = name };

    private static JsonObject Array(string name, int size) => new() { ["name"] = name, ["dimensions"] = 1, ["size"] = size };

    private static JsonObject Structure(string name) => new() { ["name"] = name, ["structure"] = true };

    private static JsonObject OfMain(JsonObject tag)
    {
        tag["program"] = "Main";
        return tag;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
