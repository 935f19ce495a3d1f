using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Sallyport.Hosting.Logging;

/// <summary>One JSON object a line: <c>time</c> (UTC), <c>level</c>, <c>event</c>, <c>category</c>, <c>message</c>, and <c>exception</c> if there is one.</summary>
/// <remarks>The values that a message is made of are not written again beside it, and scopes are left out: what is logged is what the message says.</remarks>
internal sealed class JsonLineFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "sallyport";

    private const int ExpectedSize = 256;

    // A log is no web page: quotes and letters stay readable. Control characters are escaped all the same.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var line = new ArrayBufferWriter<byte>(ExpectedSize);
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", time.GetUtcNow().UtcDateTime);
            json.WriteString("level", logEntry.LogLevel.ToString());
            json.WriteNumber("event", logEntry.EventId.Id);
            json.WriteString("category", logEntry.Category);
            json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            if (logEntry.Exception is { } exception)
            {
                json.WriteString("exception", exception.ToString());
            }

            json.WriteEndObject();
        }

        textWriter.Write(Encoding.UTF8.GetString(line.WrittenSpan));
        textWriter.Write('\n');
    }
}
