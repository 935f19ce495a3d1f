using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Sallyport.Identity.Est;

/// <summary>An answer as it came.</summary>
/// <param name="Status">HTTP.</param>
/// <param name="MediaType">Of the body; empty for none.</param>
/// <param name="RetryAfter">The header.</param>
/// <param name="Body">All of it.</param>
internal sealed record EstReply(HttpStatusCode Status, string MediaType, RetryConditionHeaderValue? RetryAfter, byte[] Body)
{
    private const int LongestQuote = 160;

    /// <summary>When to ask again: what the server says, within bounds.</summary>
    public TimeSpan RetryAfterOf(DateTimeOffset now)
    {
        TimeSpan wanted = RetryAfter?.Delta ?? (RetryAfter?.Date is { } date ? date - now : TimeSpan.FromHours(1));
        return TimeSpan.FromTicks(Math.Clamp(wanted.Ticks, TimeSpan.TicksPerMinute, TimeSpan.TicksPerDay));
    }

    /// <summary>What the server said about its refusal: printable characters of a plain text, and not many.</summary>
    public string Quote()
    {
        string text = MediaType.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase)
            ? string.Concat(Encoding.ASCII.GetString(Body.AsSpan(0, Math.Min(Body.Length, LongestQuote))).Where(one => one is >= ' ' and <= '~'))
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"status {(int)Status}{(text.Length > 0 ? $", «{text}»" : "")}");
    }
}
