using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace Sallyport.Ctl.Terminal;

/// <summary>What the operator sees: findings on standard output, everything else on standard error.</summary>
/// <param name="output">Standard output.</param>
/// <param name="errors">Standard error.</param>
/// <param name="isTerminal">Whether standard output is a terminal; else it gets plain text.</param>
/// <param name="isInteractive">Whether somebody is there to answer a question and to see progress.</param>
internal sealed class Screen(IAnsiConsole output, IAnsiConsole errors, bool isTerminal, bool isInteractive)
{
    /// <summary>The name of the program.</summary>
    public const string Program = "sallyportctl";

    private static readonly JsonWriterOptions JsonOptions = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions JsonLineOptions = JsonOptions with { Indented = false };

    /// <summary>Whether somebody is there to answer a question.</summary>
    public bool IsInteractive => isInteractive;

    /// <summary>Whether a table can be drawn over and over again.</summary>
    public bool IsTerminal => isTerminal;

    /// <summary>Standard output, unadorned.</summary>
    public TextWriter Output => output.Profile.Out.Writer;

    /// <summary>Standard error, unadorned.</summary>
    public TextWriter Errors => errors.Profile.Out.Writer;

    /// <summary>The screen of this process.</summary>
    public static Screen OfProcess()
    {
        bool isInteractive = !Console.IsInputRedirected && !Console.IsErrorRedirected;
        return new Screen(ConsoleOn(Console.Out), ConsoleOn(Console.Error), !Console.IsOutputRedirected, isInteractive);
    }

    /// <summary>Gives a report, and the exit code that it calls for.</summary>
    public int Give(IReport report, bool asJson)
    {
        if (asJson)
        {
            Output.WriteLine(Json(report, JsonOptions));
        }
        else
        {
            report.Show(this);
        }

        return (int)report.ExitCode;
    }

    /// <summary>Gives a report as one line of JSON.</summary>
    public void GiveLine(IReport report) => Output.WriteLine(Json(report, JsonLineOptions));

    /// <summary>A line of the finding.</summary>
    public void Line(string text) => Output.WriteLine(text);

    /// <summary>A line of the finding that stands out.</summary>
    public void Headline(string text, Color color)
    {
        if (isTerminal)
        {
            output.Write(new Text(text, new Style(color, decoration: Decoration.Bold)));
            output.WriteLine();
        }
        else
        {
            Output.WriteLine(text);
        }
    }

    /// <summary>A table of the finding.</summary>
    public void Table(ReportTable table)
    {
        if (isTerminal)
        {
            output.Write(TerminalTable.Of(table));
        }
        else
        {
            PlainTable.Write(table, Output);
        }
    }

    /// <summary>Something for people that is not part of the finding.</summary>
    public void Note(string text) => Errors.WriteLine(text);

    /// <summary>What is wrong.</summary>
    public void Complain(string reason) => Errors.WriteLine($"{Program}: {reason}");

    /// <summary>Asks; no answer is a no.</summary>
    public Task<bool> AskAsync(string question, CancellationToken cancellationToken) =>
        errors.ConfirmAsync(question.EscapeMarkup(), defaultValue: false, cancellationToken);

    /// <summary>Asks for something that must not be seen.</summary>
    public Task<string> AskSecretAsync(string question, CancellationToken cancellationToken) =>
        errors.PromptAsync(new TextPrompt<string>(question.EscapeMarkup()).Secret(mask: null), cancellationToken);

    /// <summary>Draws a table and the lines below it again and again, until the work ends.</summary>
    public Task LiveAsync(Func<Action<ReportTable, IEnumerable<string>>, Task> work) =>
        output.Live(new Text("")).StartAsync(live => work((table, lines) => live.UpdateTarget(new Rows([TerminalTable.Of(table), .. lines.Select(line => new Text(line))]))));

    /// <summary>The same with several tables, below the lines.</summary>
    public Task LiveTablesAsync(Func<Action<IEnumerable<ReportTable>, IEnumerable<string>>, Task> work) =>
        output.Live(new Text("")).StartAsync(live => work((tables, lines) => live.UpdateTarget(new Rows([.. lines.Select(line => new Text(line)), .. tables.Select(TerminalTable.Of)]))));

    /// <summary>Shows how far long work is, if somebody looks on.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="work">Calls its argument with the part that is done, 0 to 1, and what it is at.</param>
    public async Task<T> ProgressAsync<T>(string title, Func<Action<double, string>, Task<T>> work)
    {
        if (!isInteractive)
        {
            return await work(static (_, _) => { });
        }

        return await errors.Progress().AutoClear(enabled: true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
            .StartAsync(async context =>
            {
                ProgressTask task = context.AddTask(title.EscapeMarkup(), maxValue: 1);
                return await work((part, place) =>
                {
                    task.Value = part;
                    task.Description = $"{title}: {place}".EscapeMarkup();
                });
            });
    }

    private static IAnsiConsole ConsoleOn(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });

    /// <summary>A report as JSON, for a file.</summary>
    public static string Json(IReport report) => Json(report, JsonOptions) + "\n";

    private static string Json(IReport report, JsonWriterOptions options)
    {
        using var document = new MemoryStream();
        using (var json = new Utf8JsonWriter(document, options))
        {
            json.WriteStartObject();
            report.Write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(document.GetBuffer().AsSpan(0, (int)document.Length));
    }
}
