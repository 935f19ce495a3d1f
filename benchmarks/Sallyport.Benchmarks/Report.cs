using System.Globalization;
using System.Text.Json.Nodes;

namespace Sallyport.Benchmarks;

/// <summary>Prints each figure when it is there, and all of them as JSON at the end.</summary>
internal sealed class Report(string subject, TextWriter output)
{
    private readonly JsonObject _figures = new() { ["subject"] = subject };

    /// <param name="name">Its member in the JSON.</param>
    /// <param name="value">Rounded to four significant digits or to whole numbers.</param>
    /// <param name="description">What a person reads.</param>
    /// <param name="target">What it is held against; empty for figures that only explain.</param>
    public void Add(string name, double value, string description, string target = "")
    {
        double rounded = Math.Abs(value) >= 1000 ? Math.Round(value) : double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        _figures[name] = rounded;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {description,-68} {rounded,12}   {target}"));
    }

    /// <summary>A figure that could not be measured here: null in the JSON.</summary>
    public void AddAbsent(string name, string description, string reason)
    {
        _figures[name] = null;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {description,-68} {"-",12}   {reason}"));
    }

    /// <summary>Begins a part.</summary>
    public void Begin(string title) => output.WriteLine(title);

    /// <summary>Prints the last line.</summary>
    public void End() => output.WriteLine(_figures.ToJsonString());
}
