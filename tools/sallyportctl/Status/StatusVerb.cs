using System.CommandLine;
using System.Globalization;
using Sallyport.Ctl.Terminal;

namespace Sallyport.Ctl.Status;

/// <summary><c>sallyportctl status</c>: what the Watchdog of a gateway sees, once or live.</summary>
internal sealed class StatusVerb(Surroundings surroundings)
{
    private readonly Option<string> _address = new("--address")
    {
        Description = "Where the Watchdog's status page is.",
        HelpName = "http://host:port",
        DefaultValueFactory = static _ => "http://127.0.0.1:8880",
    };

    private readonly Option<bool> _watch = new("--watch") { Description = "Look again and again until Ctrl+C. With --json: one document a line." };
    private readonly Option<int> _every = new("--every") { Description = "With --watch: seconds from one look to the next, 1 to 3600.", HelpName = "s", DefaultValueFactory = static _ => 5 };
    private readonly Option<int> _times = new("--times") { Description = "With --watch: stop after so many looks; 0 for never.", DefaultValueFactory = static _ => 0 };

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command(
            "status",
            """
            Shows what the Watchdog of a gateway sees: what is wrong since when and what to do, the chain from controller to cloud, devices, modules, certificates.

            Exit code: 0 all is well; 1 an alarm stands, or the picture is old or missing; 2 nobody answers there.
            """);
        foreach (Option option in (Option[])[_address, _watch, _every, _times])
        {
            verb.Options.Add(option);
        }

        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string text = parsed.GetRequiredValue(_address);
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            throw new WrongUsageException($"\"{text}\" is not an address such as http://127.0.0.1:8880.");
        }

        if (parsed.GetValue(_every) is < 1 or > 3600)
        {
            throw new WrongUsageException("--every wants 1 to 3600 seconds.");
        }

        using var source = new StatusSource(address);
        bool isJson = parsed.GetValue(CommandTree.Json);
        return parsed.GetValue(_watch)
            ? await WatchAsync(source, parsed, isJson, cancellationToken)
            : surroundings.Screen.Give(await source.LookAsync(cancellationToken), isJson);
    }

    private async Task<int> WatchAsync(StatusSource source, ParseResult parsed, bool isJson, CancellationToken cancellationToken)
    {
        Screen screen = surroundings.Screen;
        if (isJson || !screen.IsTerminal)
        {
            return await RepeatAsync(source, parsed, report => Tell(report, isJson), cancellationToken);
        }

        int code = (int)ExitCode.Good;
        await screen.LiveTablesAsync(async draw => code = await RepeatAsync(source, parsed, report => draw(report.Tables, [report.Headline, Foot(parsed)]), cancellationToken));
        return code;
    }

    /// <summary>Ctrl+C is how a watch ends: that is no failure.</summary>
    private async Task<int> RepeatAsync(StatusSource source, ParseResult parsed, Action<IStatusReport> tell, CancellationToken cancellationToken)
    {
        ExitCode code = ExitCode.Good;
        int times = parsed.GetValue(_times);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(parsed.GetValue(_every)), surroundings.Time);
        try
        {
            for (int i = 1; ; i++)
            {
                IStatusReport report = await source.LookAsync(cancellationToken);
                code = report.ExitCode;
                tell(report);
                if (i == times || !await timer.WaitForNextTickAsync(cancellationToken))
                {
                    return (int)code;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (int)code;
        }
    }

    private void Tell(IStatusReport report, bool isJson)
    {
        if (isJson)
        {
            surroundings.Screen.GiveLine(report);
        }
        else
        {
            report.Show(surroundings.Screen);
        }
    }

    private string Foot(ParseResult parsed) => string.Create(
        CultureInfo.InvariantCulture, $"{surroundings.Time.GetUtcNow():HH:mm:ss} UTC, again every {parsed.GetValue(_every)} s until Ctrl+C");
}
