using System.Text;

namespace Sallyport.Simulator.Mqtt;

/// <summary>Properties as a topic carries them: <c>name=value&amp;name=value</c>, each escaped; a bare name has no value.</summary>
internal static class PropertyBag
{
    /// <summary>Reads a bag; empty text is an empty bag.</summary>
    public static List<KeyValuePair<string, string?>> Parse(string text)
    {
        var properties = new List<KeyValuePair<string, string?>>();
        foreach (string pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            properties.Add(equals < 0
                ? new KeyValuePair<string, string?>(Uri.UnescapeDataString(pair), value: null)
                : new KeyValuePair<string, string?>(
                    Uri.UnescapeDataString(pair[..equals]), Uri.UnescapeDataString(pair[(equals + 1)..])));
        }

        return properties;
    }

    public static string Write(IEnumerable<KeyValuePair<string, string?>> properties)
    {
        var text = new StringBuilder();
        foreach ((string name, string? value) in properties)
        {
            _ = text.Append(text.Length > 0 ? "&" : string.Empty).Append(Uri.EscapeDataString(name));
            if (value is not null)
            {
                _ = text.Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        return text.ToString();
    }
}
