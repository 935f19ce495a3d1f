using System.Globalization;
using Microsoft.Extensions.Logging;
using Sallyport.Simulator.Check;

namespace Sallyport.Simulator.Terminal;

/// <summary>Tells people. On a terminal the last lines are a block that is redrawn; elsewhere a line follows each five seconds.</summary>
internal sealed class TextReport(TextWriter output, bool isTerminal, TimeProvider time) : ISimulationReport
{
    private const string EraseToEnd = "\e[J";

    private readonly Lock _lock = new();
    private IReadOnlyList<string> _block = [];

    /// <inheritdoc />
    public TimeSpan SummaryInterval { get; } = TimeSpan.FromSeconds(isTerminal ? 1 : 5);

    /// <inheritdoc />
    public void Happened(string source, LogLevel level, string message)
    {
        var mark = level switch
        {
            >= LogLevel.Error => "ERROR ",
            LogLevel.Warning => "warning ",
            _ => string.Empty,
        };
        Write($"{time.GetLocalNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)}  {source,-14}  {mark}{message}");
    }

    /// <inheritdoc />
    public void Stands(Snapshot before, Snapshot now)
    {
        if (!isTerminal)
        {
            Write(SummaryText.Line(before, now));
            return;
        }

        lock (_lock)
        {
            EraseBlock();
            _block = SummaryText.Block(before, now);
            DrawBlock();
        }
    }

    /// <inheritdoc />
    public void Judged(CheckReport verdict)
    {
        foreach (var finding in verdict.Findings)
        {
            Write($"  {finding}");
        }

        Write(verdict.Passed ? "Every value is accounted for." : "The check FAILED.");
        Write(CheckReportJson.Write(verdict));
    }

    private void Write(string line)
    {
        lock (_lock)
        {
            EraseBlock();
            output.WriteLine(line);
            DrawBlock();
        }
    }

    private void EraseBlock()
    {
        if (_block.Count > 0)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"\e[{_block.Count}F{EraseToEnd}"));
        }
    }

    private void DrawBlock()
    {
        foreach (var line in _block)
        {
            output.WriteLine(line);
        }

        output.Flush();
    }
}
