using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Hosting.Logging;

namespace Sallyport.Hosting.Tests;

public sealed class JsonLineFormatterTests
{
    private readonly JsonLineFormatter _formatter =
        new(new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 10, 15, 0, 120, TimeSpan.Zero)));

    [Fact]
    public void An_entry_is_one_line_of_JSON_with_UTC_time_level_event_category_and_message() => Assert.Equal(
        """{"time":"2026-11-22T10:15:00.12Z","level":"Warning","event":4101,"category":"Sallyport.Test","message":"It's \"slow\"."}""" + "\n",
        Write("It's \"slow\".", null));

    [Fact]
    public void An_entry_with_line_ends_and_an_exception_is_still_one_line()
    {
        string line = Write("first\nsecond\r\u0007", new InvalidOperationException("third\nfourth"));
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        using var parsed = JsonDocument.Parse(line);
        Assert.Equal("first\nsecond\r\u0007", parsed.RootElement.GetProperty("message").GetString());
        Assert.Equal("System.InvalidOperationException: third\nfourth", parsed.RootElement.GetProperty("exception").GetString());
    }

    private string Write(string message, Exception? exception)
    {
        using var writer = new StringWriter();
        var entry = new LogEntry<string>(
            LogLevel.Warning, "Sallyport.Test", new EventId(4101), message, exception, (state, _) => state);
        _formatter.Write(in entry, scopeProvider: new LoggerExternalScopeProvider(), writer);
        return writer.ToString();
    }
}
