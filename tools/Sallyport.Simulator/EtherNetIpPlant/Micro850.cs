using Sallyport.Simulator.EtherNetIpPlant.Symbols;
using Sallyport.Simulator.Plant;
using static Sallyport.Simulator.Plant.LivingValue;

namespace Sallyport.Simulator.EtherNetIpPlant;

/// <summary>The compressor: a Micro850 with nothing but global variables.</summary>
internal static class Micro850
{
    private const uint SymbolsPerDownload = 0x200;

    /// <summary>Who it says it is.</summary>
    public static DeviceIdentity Identity { get; } = new(1, 14, 0x00BB, 12, 11, 0x0085_0850, "2080-LC50-24QWB");

    /// <summary>The controller.</summary>
    /// <param name="name">The controller as the configuration names it.</param>
    /// <param name="ledger">Draws unique values.</param>
    /// <param name="time">The clock of its watchdogs.</param>
    public static EtherNetIpDevice Create(string name, PlantLedger ledger, TimeProvider time) => Create(name, DeviceTraits.Micro850, ledger, time);

    /// <summary>The same with other traits.</summary>
    public static EtherNetIpDevice Create(string name, DeviceTraits traits, PlantLedger ledger, TimeProvider time) =>
        new(Identity, traits, download => Program(name, ledger, download), time);

    private static SymbolTable Program(string name, PlantLedger ledger, int download)
    {
        var table = new SymbolTable();
        var timer = new TemplateBuilder(0x101, "TON")
            .Member("IN", TagType.Bool)
            .Member("Q", TagType.Bool)
            .Member("PT", TagType.Time)
            .Member("ET", TagType.Time)
            .Build();
        new ScopeBuilder(table, table.Controller, prefix: string.Empty, name, ledger, 1 + ((uint)download * SymbolsPerDownload))
            .Unique("ScanNumber")
            .Unique("StartNumber")
            .Living("Temperature", TagType.Real, Wave(85, 5, TimeSpan.FromSeconds(53)))
            .Counting("RunSeconds", TagType.Udint, Counter(18_231, 1))
            .Integers("Running", TagType.Bool, _ => 1)
            .Integers("Tripped", TagType.Bool, _ => 0)
            .Integers("Trim", TagType.Sint, _ => -5)
            .Integers("Speed", TagType.Int, _ => 1480)
            .Integers("Setpoint", TagType.Dint, _ => 7500)
            .Integers("Total", TagType.Lint, _ => 5_000_000_000)
            .Integers("Level", TagType.Usint, _ => 200)
            .Integers("Code", TagType.Uint, _ => 60_000)
            .Integers("Delay", TagType.Time, _ => 1_500)
            .Reals("Gain", TagType.Lreal, _ => 0.25)
            .Integers("Inputs", TagType.Bool, index => index % 3 == 0 ? 1 : 0, 20)
            .Integers("History", TagType.Dint, index => index * 11L, 300)
            .ShortTexts("Operator", _ => "Hello")
            .ShortTexts("Messages", index => new string((char)('a' + index), index), 4)
            .Structures("StartDelay", timer, (_, value) => value.Integer("IN", 1).Integer("Q", 0).Integer("PT", 5000).Integer("ET", 1234));
        return table;
    }
}
