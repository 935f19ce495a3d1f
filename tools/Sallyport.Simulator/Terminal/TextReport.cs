using System.Globalization;
using Microsoft.Extensions.Logging;
using Sallyport.Simulator.Check;

namespace Sallyport.Simulator.Terminal;

/// <summary>Tells people. On a terminal the last lines are a block that is redrawn; elsewhere a line follows each five seconds.</summary>
/// <param name="output">Where to.</param>
/// <param name="width">Columns of the terminal; null elsewhere.</param>
/// <param name="time">Stamps lines.</param>
internal sealed class TextReport(TextWriter output, Func<int>? width, TimeProvider time) : ISimulationReport
{
    private const string EraseToEnd = "\e[J";

    private readonly Lock _lock = new();
    private IReadOnlyList<string> _block = [];

    /// <inheritdoc />
    public TimeSpan SummaryInterval { get; } = TimeSpan.FromSeconds(width is null ? 5 : 1);

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
        if (width is null)
        {
            Write(SummaryText.Line(before, now));
            return;
        }

        lock (_lock)
        {
            EraseBlock();
            var columns = width();
            _block = [.. SummaryText.Block(before, now).Select(line => line[..Math.Min(line.Length, columns - 1)])];
            DrawBlock();
        }
    }

    /// <inheritdoc />
    public void Judged(CheckReport verdict)
    {
        lock (_lock)
        {
            EraseBlock();
            _block = [];
        }

        foreach (var finding in verdict.Findings)
        {
            Write($"  {finding}");
        }

        foreach (var pages in verdict.Named)
        {
            Write($"  {pages.What,-8}  {pages}");
        }

        Write(!verdict.Passed ? "The check FAILED."
            : verdict.Injected > 0 ? "Every injection was named as what it was, nothing else was, and every value is accounted for."
            : "Every value is accounted for.");
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
