using System.CommandLine;
using Sallyport.Ctl.Modbus.Import;
using Sallyport.Ctl.Modbus.Read;
using Sallyport.Ctl.Modbus.Scan;
using Sallyport.Ctl.Modbus.Validate;

namespace Sallyport.Ctl.Modbus;

/// <summary><c>sallyportctl modbus</c>.</summary>
internal static class ModbusNoun
{
    /// <summary>Builds the noun with its verbs.</summary>
    public static Command Build(Surroundings surroundings)
    {
        var noun = new Command("modbus", "Modbus devices, and the configuration of ModbusReader.");
        noun.Subcommands.Add(new ValidateVerb(surroundings).Build());
        noun.Subcommands.Add(new ReadVerb(surroundings).Build());
        noun.Subcommands.Add(new ScanVerb(surroundings).Build());
        noun.Subcommands.Add(new ImportVerb(surroundings).Build());
        return noun;
    }
}
