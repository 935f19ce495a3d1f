using System.Text;

namespace Sallyport.IotHub.Wire;

/// <summary>The <c>name=value&amp;name=value</c> segment at the end of a topic; names and values percent-encoded.</summary>
internal static class PropertyBag
{
    private const int MaxProperties = 1000;

    /// <summary>Adds one pair.</summary>
    public static void Append(StringBuilder topic, string name, string value)
    {
        if (topic.Length > 0 && topic[^1] != '/')
        {
            topic.Append('&');
        }

        topic.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
    }

    /// <summary>Reads a bag from a peer. Whatever it holds, there is a result: broken escapes stay as they are, a name without value
    /// has the empty value, of two equal names (ignoring case) the last one counts, as in the device SDKs.</summary>
    public static Dictionary<string, string> Read(ReadOnlySpan<char> bag)
    {
        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Range range in bag.Split('&'))
        {
            ReadOnlySpan<char> pair = bag[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            int equals = pair.IndexOf('=');
            string name = Unescape(equals < 0 ? pair : pair[..equals]);
            properties[name] = equals < 0 ? "" : Unescape(pair[(equals + 1)..]);
            if (properties.Count == MaxProperties)
            {
                break;
            }
        }

        return properties;
    }

    private static string Unescape(ReadOnlySpan<char> text) => Uri.UnescapeDataString(text);
}
