using System.Text;
using System.Text.Json;

namespace Sallyport.Ctl.Posture.Collect;

/// <summary>What somebody wrote of a ruleset of nftables: without what the kernel counts, numbers and learns by itself.</summary>
/// <remarks>libnftables-json(5).</remarks>
internal static class RulesetText
{
    private static readonly string[] OfTheKernel = ["handle", "packets", "bytes", "expires", "metainfo"];

    /// <summary>Reads what nft says as JSON; null if it cannot be understood.</summary>
    public static string? Read(string output)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(output);
            var text = new StringBuilder();
            Write(text, document.RootElement);
            return text.ToString();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Write(StringBuilder text, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var isLearned = IsLearned(element);
                text.Append('{');
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    if (!OfTheKernel.Contains(member.Name, StringComparer.Ordinal) && !(isLearned && member.Name is "elem"))
                    {
                        text.Append(member.Name).Append(':');
                        Write(text, member.Value);
                        text.Append(',');
                    }
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Write(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }

    // The elements of a set that rules fill, or that go after a time, are no configuration.
    private static bool IsLearned(JsonElement element) =>
        element.TryGetProperty("flags", out JsonElement flags)
        && (flags.ValueKind is JsonValueKind.Array ? flags.EnumerateArray().Select(flag => flag.ToString()) : [flags.ToString()]).Any(flag => flag is "dynamic" or "timeout");
}
