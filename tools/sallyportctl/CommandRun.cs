using System.CommandLine;
using System.CommandLine.Invocation;
using Sallyport.Ctl.Terminal;

namespace Sallyport.Ctl;

/// <summary>From arguments to exit code. Whatever is wrong becomes one clear line on standard error.</summary>
internal static class CommandRun
{
    /// <summary>Runs the command.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="surroundings">What the verbs work with.</param>
    /// <param name="stop">Ctrl+C.</param>
    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> arguments, Surroundings surroundings, CancellationToken stop)
    {
        Screen screen = surroundings.Screen;
        ParseResult parsed = CommandTree.Build(surroundings).Parse(arguments);
        if (parsed.Action is ParseErrorAction or null)
        {
            foreach (string reason in parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal))
            {
                screen.Complain(reason);
            }

            screen.Complain($"\"{PathOf(parsed.CommandResult.Command)} --help\" says how it goes.");
            return ExitCode.WrongUsage;
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = screen.Output,
                Error = screen.Errors,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return (ExitCode)await parsed.InvokeAsync(configuration, stop);
        }
        catch (WrongUsageException refused)
        {
            screen.Complain(refused.Message);
            return ExitCode.WrongUsage;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            screen.Complain(unreadable.Message);
            return ExitCode.WrongUsage;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            screen.Complain("Stopped before the end.");
            return ExitCode.Problems;
        }
    }

    private static string PathOf(Command command)
    {
        var names = new Stack<string>();
        for (Symbol? at = command; at is Command; at = at.Parents.FirstOrDefault())
        {
            names.Push(at is RootCommand ? Screen.Program : at.Name);
        }

        return string.Join(' ', names);
    }
}
