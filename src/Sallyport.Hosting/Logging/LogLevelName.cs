using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Sallyport.Hosting.Logging;

/// <summary>The log levels that can be chosen. Not <c>None</c>: a gateway that says nothing cannot be looked after.</summary>
internal static class LogLevelName
{
    private static readonly ImmutableArray<LogLevel> Choices =
        [LogLevel.Trace, LogLevel.Debug, LogLevel.Information, LogLevel.Warning, LogLevel.Error];

    public static IEnumerable<string> All => Choices.Select(level => level.ToString());

    /// <summary>Finds the level of this name, ignoring case; <c>Information</c> if there is none.</summary>
    public static bool TryParse(string? name, out LogLevel level)
    {
        foreach (LogLevel choice in Choices)
        {
            if (string.Equals(choice.ToString(), name, StringComparison.OrdinalIgnoreCase))
            {
                level = choice;
                return true;
            }
        }

        level = LogLevel.Information;
        return false;
    }
}
