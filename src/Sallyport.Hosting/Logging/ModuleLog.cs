using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Sallyport.Hosting.Logging;

/// <summary>The log of a module: JSON lines on standard output.</summary>
internal static class ModuleLog
{
    private const int QueueLength = 2500;

    /// <summary>Sets it up. A name that is no level counts as <c>Information</c> here and is refused by the validator afterwards.</summary>
    public static void Add(ILoggingBuilder logging, string? levelName)
    {
        _ = LogLevelName.TryParse(levelName, out LogLevel level);
        logging.ClearProviders();
        logging.SetMinimumLevel(level);

        // The host's own words come last, with a stack and without a number; EdgeModule says the same in one line.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddConsole(console =>
        {
            console.FormatterName = JsonLineFormatter.FormatterName;
            console.MaxQueueLength = QueueLength;

            // A reader of the log that stalls must not stall the polling. The logger writes how many lines it dropped.
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
        logging.Services.AddSingleton<ConsoleFormatter, JsonLineFormatter>();
    }
}
