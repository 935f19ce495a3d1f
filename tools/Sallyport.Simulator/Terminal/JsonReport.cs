using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sallyport.Simulator.Check;

namespace Sallyport.Simulator.Terminal;

/// <summary>Tells programs: one JSON object a line, with <c>event</c> = <c>log</c>, <c>summary</c>; the verdict, when there is one, is the last line.</summary>
internal sealed class JsonReport(TextWriter output, TimeProvider time) : ISimulationReport
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _lock = new();

    /// <inheritdoc />
    public TimeSpan SummaryInterval { get; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public void Happened(string source, LogLevel level, string message) => Write("log", json =>
    {
        json.WriteString("source", source.Length == 0 ? "simulator" : source);
        json.WriteString("level", level.ToString());
        json.WriteString("message", message);
    });

    /// <inheritdoc />
    public void Stands(Snapshot before, Snapshot now) => Write("summary", json =>
    {
        json.WriteNumber("elapsedSeconds", Math.Round(now.Elapsed.TotalSeconds, 3));
        json.WriteNumber("valuesServed", now.ValuesServed);
        json.WriteNumber("plantRequests", now.Requests);
        json.WriteStartObject("routes");
        foreach (var route in now.Routes)
        {
            json.WriteNumber(route.Route, route.Messages);
        }

        json.WriteEndObject();
        json.WriteNumber("cloudMessages", now.CloudMessages);
        json.WriteNumber("waiting", now.Waiting);
        json.WriteString("uplink", now.Uplink);
        json.WriteStartArray("modules");
        foreach (var module in now.Modules)
        {
            json.WriteStringValue(module);
        }

        json.WriteEndArray();
    });

    /// <inheritdoc />
    public void Judged(CheckReport verdict)
    {
        lock (_lock)
        {
            output.WriteLine(CheckReportJson.Write(verdict));
            output.Flush();
        }
    }

    private void Write(string kind, Action<Utf8JsonWriter> members)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            json.WriteString("event", kind);
            json.WriteString("time", time.GetUtcNow().UtcDateTime);
            members(json);
            json.WriteEndObject();
        }

        lock (_lock)
        {
            output.WriteLine(Encoding.UTF8.GetString(line.GetBuffer().AsSpan(0, (int)line.Length)));
            output.Flush();
        }
    }
}
