using System.CommandLine;
using System.Globalization;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.Ctl.Modbus.Read;

/// <summary>The options of <c>modbus read</c>.</summary>
internal sealed class ReadOptions
{
    public DeviceOptions Device { get; } = new();

    public PlanOptions Plan { get; } = new();

    public Option<int> Unit { get; } = new("--unit") { Description = "Unit id: 1 to 247, or 0 or 255 for the endpoint itself.", DefaultValueFactory = static _ => 1 };

    public Option<string> Table { get; } = new("--table") { Description = "Where to read.", DefaultValueFactory = static _ => "holdingRegister" };

    public Option<int> Address { get; } = new("--address") { Description = "First address as it goes over the wire: what manuals call 40101 is 100.", DefaultValueFactory = static _ => 0 };

    public Option<int> Count { get; } = new("--count") { Description = "How many addresses; with --type, how many values (1 if they are strings).", DefaultValueFactory = static _ => 10 };

    public TypeOptions Type { get; } = new();

    public Option<string?> PlanFile { get; } = new("--plan") { Description = "Read points of this twin document or manifest rather than addresses.", HelpName = "file" };

    public Option<string[]> Point { get; } = new("--point")
    {
        Description = "With --plan: unit/point, or only the unit for all its points; may be repeated.",
        HelpName = "unit/point",
        DefaultValueFactory = static _ => [],
    };

    public Option<bool> Watch { get; } = new("--watch") { Description = "Read again and again until Ctrl+C. With --json: one document a line." };

    public Option<int> EveryMs { get; } = new("--every") { Description = "With --watch: milliseconds from one reading to the next.", HelpName = "ms", DefaultValueFactory = static _ => 1000 };

    public Option<int> Times { get; } = new("--times") { Description = "With --watch: stop after so many readings; 0 for never.", DefaultValueFactory = static _ => 0 };

    public Command AddTo(Command verb)
    {
        Table.AcceptOnlyFromAmong([.. Vocabulary.Tables.Keys.Order(StringComparer.Ordinal)]);
        Device.AddTo(verb);
        foreach (Option option in (Option[])[Unit, Table, Address, Count, .. Type.All, PlanFile, Point, Watch, EveryMs, Times])
        {
            verb.Options.Add(option);
        }

        Plan.AddTo(verb);
        AtLeast(Address, 0);
        AtLeast(Count, 1);
        AtLeast(EveryMs, 10);
        return verb;
    }

    private static void AtLeast(Option<int> option, int least) => option.Validators.Add(result =>
    {
        // What is no number at all is refused by the parser, in its own words.
        if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[^1].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value < least)
        {
            result.AddError($"{option.Name} is {least} or more.");
        }
    });
}
