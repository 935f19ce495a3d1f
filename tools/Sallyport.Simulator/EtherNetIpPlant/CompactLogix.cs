using System.Globalization;
using Sallyport.Simulator.EtherNetIpPlant.Symbols;
using Sallyport.Simulator.Plant;
using static Sallyport.Simulator.Plant.LivingValue;

namespace Sallyport.Simulator.EtherNetIpPlant;

/// <summary>The filling line: a CompactLogix 5380.</summary>
/// <remarks>Tags with a value that stays have one that is easy to compute again: tests of all clients do.</remarks>
internal static class CompactLogix
{
    /// <summary>How many tags there are of the kind that readers pack many of into one message.</summary>
    public const int Stations = 1000;

    private const int TemplatesPerDownload = 0x10;
    private const uint SymbolsPerDownload = 0x2000;
    private const ushort StringTemplate = 0xFCE;
    private const byte ProgramCode = 0x68;
    private const byte MapCode = 0x69;
    private const byte RoutineCode = 0x6D;
    private const byte TaskCode = 0x70;
    private const byte ConnectionCode = 0x7E;

    /// <summary>STRING: length and 82 characters.</summary>
    public static readonly TagType String = new TemplateBuilder(StringTemplate, "STRING", StringTemplate)
        .Member("LEN", TagType.Dint)
        .Member("DATA", TagType.Sint, 82)
        .Build();

    /// <summary>Who it says it is.</summary>
    public static DeviceIdentity Identity { get; } = new(1, 14, 0x010B, 33, 11, 0x00C0_FFEE, "5069-L330ER/A");

    /// <summary>The controller.</summary>
    /// <param name="name">The controller as the configuration names it.</param>
    /// <param name="ledger">Draws unique values.</param>
    /// <param name="time">The clock of its watchdogs.</param>
    public static EtherNetIpDevice Create(string name, PlantLedger ledger, TimeProvider time) => Create(name, DeviceTraits.CompactLogix, ledger, time);

    /// <summary>The same with other traits.</summary>
    public static EtherNetIpDevice Create(string name, DeviceTraits traits, PlantLedger ledger, TimeProvider time) =>
        new(Identity, traits, download => Program(name, ledger, download), time);

    private static SymbolTable Program(string name, PlantLedger ledger, int download)
    {
        var firstTemplate = (ushort)(0x100 + (download * TemplatesPerDownload));
        var table = new SymbolTable();
        var motor = new TemplateBuilder((ushort)(firstTemplate + 1), "Motor")
            .Bit("Running")
            .Bit("Tripped")
            .Member("Starts", TagType.Int)
            .Member("Speed", TagType.Real)
            .Member("EnergyWh", TagType.Lint)
            .Build();
        var recipe = new TemplateBuilder((ushort)(firstTemplate + 2), "Recipe")
            .Member("Number", TagType.Dint)
            .Bit("Released")
            .Member("Setpoints", TagType.Real, 8)
            .Member("Title", String)
            .Member("Motors", motor, 2)
            .Build();
        var safe = new TemplateBuilder((ushort)(firstTemplate + 3), "Safe")
            .Member("Open", TagType.Dint)
            .Member("Code", TagType.Dint, access: ExternalAccess.None)
            .Build();
        var scan = new TemplateBuilder((ushort)(firstTemplate + 4), "Scan")
            .Member("Number", TagType.Dint)
            .Member("Temperature", TagType.Real)
            .Build();

        var tags = new ScopeBuilder(table, table.Controller, prefix: string.Empty, name, ledger, 0x20 + ((uint)download * SymbolsPerDownload));
        Elementary(tags);
        tags.Text("BatchName", String, at => string.Create(CultureInfo.InvariantCulture, $"Batch {(int)at.TotalMinutes}"))
            .Structures("Titles", String, (index, text) => text.Integer("LEN", 2).Integer("DATA", 'T', 0).Integer("DATA", '0' + index, 1), 3)
            .Structures("Motor1", motor, (_, value) => Fill(value, 1).Living("Speed", Wave(1450, 30, TimeSpan.FromSeconds(41))))
            .Structures("Motors", motor, (index, value) => Fill(value, index), 4)
            .Structures("Recipe1", recipe, (_, value) => Fill(value))
            .Structures("Safe1", safe, (_, value) => value.Integer("Open", 1).Integer("Code", 4711))
            .Structures("Scan1", scan, (_, value) => value.Unique("Number", tags.Point("Scan1.Number")).Living("Temperature", Wave(72, 4, TimeSpan.FromMinutes(1))))
            .Integers("Secret", TagType.Dint, _ => 42)
            .Access("Secret", ExternalAccess.None)
            .Integers("Limit", TagType.Dint, _ => 900)
            .Access("Limit", ExternalAccess.ReadOnly)
            .Alias("Filled", "Bottles")
            .Integers("Local:1:I", TagType.Dint, _ => 0x55)
            .OfSystem("Program:Main", ProgramCode)
            .OfSystem("Map:Local", MapCode)
            .OfSystem("Cxn:Standard:4711", ConnectionCode)
            .OfSystem("Task:Cycle", TaskCode)
            .OfSystem("__l0001", RoutineCode);
        for (var station = 0; station < Stations; station++)
        {
            tags.Counting(string.Create(CultureInfo.InvariantCulture, $"Station{station:000}_Count"), TagType.Dint, Counter(station * 1000L, 1));
        }

        AddMain(table, motor, name, ledger, 0x20 + ((uint)download * SymbolsPerDownload));
        return table;
    }

    private static void AddMain(SymbolTable table, TagType motor, string name, PlantLedger ledger, uint firstId)
    {
        var main = new SymbolScope();
        table.Add("Main", main);
        new ScopeBuilder(table, main, "Program:Main.", name, ledger, firstId)
            .Integers("Step", TagType.Int, _ => 7)
            .Integers("Buffer", TagType.Dint, index => 100 - index, 16)
            .Structures("Drive", motor, (_, value) => Fill(value, 9))
            .Unique("Cycle")
            .OfSystem("Routine:MainRoutine", RoutineCode);
    }

    private static void Elementary(ScopeBuilder tags) => tags
        .Unique("ScanNumber")
        .Unique("PartNumber")
        .Living("Level", TagType.Real, Wave(2.4, 0.7, TimeSpan.FromMinutes(2)))
        .Living("Pressure", TagType.Lreal, Wave(6.1, 0.2, TimeSpan.FromSeconds(37)))
        .Counting("Bottles", TagType.Dint, Counter(3_000, 35))
        .Integers("Pump", TagType.Bool, _ => 1)
        .Integers("Valve", TagType.Bool, _ => 0)
        .Integers("Offset", TagType.Sint, _ => -100)
        .Integers("Torque", TagType.Int, _ => -30_000)
        .Integers("Position", TagType.Dint, _ => -2_000_000_000)
        .Integers("Total", TagType.Lint, _ => -9_000_000_000_000_000_000)
        .Integers("Retries", TagType.Usint, _ => 200)
        .Integers("Port", TagType.Uint, _ => 44_818)
        .Integers("Serial", TagType.Udint, _ => 4_000_000_000)
        .Integers("Flags", TagType.Dint, _ => 0x8000_0005)
        .Reals("Ratio", TagType.Real, _ => 0.1)
        .Reals("Pi", TagType.Lreal, _ => Math.PI)
        .Integers("Alarms", TagType.Dword, word => word == 0 ? 0x8000_0001 : 0x0000_00F0, 2)
        .Integers("Counts", TagType.Dint, index => (index * 1000L) - 7, 2000)
        .Reals("Curve", TagType.Real, index => index / 4.0, 100)
        .Integers("Cube", TagType.Int, index => index, 2, 3, 4)
        .Integers("Grid", TagType.Dint, index => index * index, 5, 6);

    private static StructureWriter Fill(StructureWriter motor, int number) => motor
        .Bit("Running", number % 2 == 0)
        .Bit("Tripped", number % 2 != 0)
        .Integer("Starts", 1000 + number)
        .Real("Speed", 100.5 * number)
        .Integer("EnergyWh", 5_000_000_000 + number);

    private static void Fill(StructureWriter recipe)
    {
        recipe.Integer("Number", 17).Bit("Released", value: true).Text("Title", "Pilsner");
        for (var index = 0; index < 8; index++)
        {
            recipe.Real("Setpoints", index * 1.5, index);
        }

        recipe.Nested("Motors", motor => Fill(motor, 20)).Nested("Motors", motor => Fill(motor, 21), 1);
    }
}
