using System.CommandLine;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.Ctl.Modbus.Scan;

/// <summary>The options of <c>modbus scan</c>.</summary>
internal sealed class ScanOptions
{
    private const int MinPauseMs = 10;

    public DeviceOptions Device { get; } = new();

    public Option<string> Unit { get; } = new("--unit") { Description = "Unit ids to ask, for example 1-10,17,255.", HelpName = "ids", DefaultValueFactory = static _ => "1" };

    public Option<string> Table { get; } = new("--table") { Description = "The table that is read.", DefaultValueFactory = static _ => "holdingRegister" };

    public Option<int?> From { get; } = new("--from") { Description = "Look for readable addresses from here on (0). Without --from and --to only units are looked for." };

    public Option<int?> To { get; } = new("--to") { Description = "The last address to look at (999)." };

    public Option<int> Block { get; } = new("--block")
    {
        Description = "The most addresses in one request: fewer for devices that refuse long requests.",
        DefaultValueFactory = static _ => 64,
    };

    public Option<int> PauseMs { get; } = new("--pause") { Description = "Milliseconds of silence after each request.", HelpName = "ms", DefaultValueFactory = static _ => 100 };

    public Option<bool> Identify { get; } = new("--identify")
    {
        Description = "Ask each unit that answers who it is: function 43/14. Old devices may take offence at a function that they do not know.",
    };

    public Option<bool> Yes { get; } = new("--yes") { Description = "Do not ask before it begins." };

    public Command AddTo(Command verb)
    {
        Table.AcceptOnlyFromAmong([.. Vocabulary.Tables.Keys.Order(StringComparer.Ordinal)]);
        Device.AddTo(verb);
        foreach (Option option in (Option[])[Unit, Table, From, To, Block, PauseMs, Identify, Yes])
        {
            verb.Options.Add(option);
        }

        return verb;
    }

    /// <summary>What is to be scanned.</summary>
    public ScanJob Read(ParseResult parsed)
    {
        ModbusTable table = Vocabulary.Tables[parsed.GetRequiredValue(Table)];
        bool isForRanges = parsed.GetValue(From) is not null || parsed.GetValue(To) is not null;
        int from = parsed.GetValue(From) ?? 0;
        int to = parsed.GetValue(To) ?? Math.Max(999, from);
        int block = parsed.GetValue(Block);
        int pauseMs = parsed.GetValue(PauseMs);
        return from < 0 || to >= ReadRequest.AddressSpace || to < from ? throw new WrongUsageException("--from and --to are addresses from 0 to 65535, --to not before --from.")
            : block < 1 || block > table.MaxQuantity ? throw new WrongUsageException($"--block is 1 to {table.MaxQuantity} for the table {table}.")
            : pauseMs < MinPauseMs ? throw new WrongUsageException($"--pause is {MinPauseMs} or more: devices that are asked without a pause may stop answering anybody.")
            : new ScanJob(
                UnitIds.Parse(parsed.GetRequiredValue(Unit)), table, isForRanges ? (from, to) : null, block, TimeSpan.FromMilliseconds(pauseMs), parsed.GetValue(Identify));
    }
}
