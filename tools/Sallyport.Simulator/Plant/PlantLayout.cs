using static Sallyport.Simulator.Plant.LivingValue;
using static Sallyport.Simulator.Plant.PlantTable;

namespace Sallyport.Simulator.Plant;

/// <summary>The plant of the example deployment: a chiller and a pump station behind one Modbus TCP address.</summary>
/// <remarks>deployment.template.json names these registers; a test compares the two. What is polled fast lies near address 0 and what is polled
/// slowly near 1000, so that no read for one group reaches the unique values of the other.</remarks>
internal static class PlantLayout
{
    /// <summary>Unit 1, the chiller.</summary>
    public static PlantUnit Chiller() => new PlantUnit(unitId: 1)
        .Float(HoldingRegister, 0, WordOrder.CDAB, Wave(7, 0.6, TimeSpan.FromMinutes(3)))
        .Float(HoldingRegister, 2, WordOrder.ABCD, Wave(12.5, 0.9, TimeSpan.FromMinutes(3)))
        .Float(HoldingRegister, 4, WordOrder.BADC, Wave(42, 3, TimeSpan.FromSeconds(47)))
        .DoubleWord(HoldingRegister, 6, WordOrder.DCBA, Steps(-120_000, 4_000, TimeSpan.FromSeconds(31)))
        .Unique(8, WordOrder.ABCD)
        .Word(InputRegister, 0, Steps(-35, 60, TimeSpan.FromMinutes(11)))
        .Word(InputRegister, 1, Steps(610, 25, TimeSpan.FromSeconds(53)))
        .Bit(DiscreteInput, 0, Cycle(TimeSpan.FromSeconds(40), 0.75))
        .Bit(DiscreteInput, 1, Cycle(TimeSpan.FromSeconds(40), 0.25))
        .Bit(Coil, 0, Cycle(TimeSpan.FromSeconds(15), 0.5))
        .DoubleWord(HoldingRegister, 1000, WordOrder.CDAB, Counter(3_000_000_000, 35))
        .Word(HoldingRegister, 1002, at => Cycle(TimeSpan.FromSeconds(20), 0.1)(at) ? 0x8001 : 0)
        .Reserved(HoldingRegister, 1003, 1003)
        .Unique(1004, WordOrder.CDAB)
        .DoubleWord(InputRegister, 1000, WordOrder.ABCD, Counter(18_231, 1 / 3600.0))
        .Float(InputRegister, 1002, WordOrder.DCBA, Wave(0.86, 0.05, TimeSpan.FromSeconds(71)));

    /// <summary>Unit 2, the pump station.</summary>
    public static PlantUnit PumpStation() => new PlantUnit(unitId: 2)
        .Float(HoldingRegister, 0, WordOrder.DCBA, Wave(2.4, 0.7, TimeSpan.FromMinutes(2)))
        .DoubleWord(HoldingRegister, 2, WordOrder.BADC, Steps(0, 900, TimeSpan.FromSeconds(37)))
        .Unique(4, WordOrder.BADC)
        .Bit(DiscreteInput, 0, Cycle(TimeSpan.FromSeconds(60), 0.2))
        .Bit(DiscreteInput, 1, Cycle(TimeSpan.FromSeconds(24), 0.5))
        .Word(InputRegister, 1000, Steps(48, 6, TimeSpan.FromMinutes(5)))
        .Word(InputRegister, 1001, at => (int)((long)Counter(65_000, 0.2).At(at) & ushort.MaxValue))
        .Unique(1000, WordOrder.DCBA)
        .Bit(Coil, 1000, _ => true);

    /// <summary>Everything, with a ledger of its own.</summary>
    public static PlantMemory Create() => Create(new PlantLedger());

    /// <summary>Everything, with a ledger that it shares.</summary>
    public static PlantMemory Create(PlantLedger ledger) => new([Chiller(), PumpStation()], ledger);
}
