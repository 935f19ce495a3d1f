using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using Sallyport.Telemetry;

namespace Sallyport.Simulator.Cloud;

/// <summary>Changes batches as somebody would who has no key: everything stays plausible but the seal.</summary>
internal static class BatchTampering
{
    private static readonly SearchValues<byte> InNumbers = SearchValues.Create("-0123456789."u8);

    /// <summary>The ring of a batch; empty for other messages.</summary>
    public static string BufferOf(HubMessage message) => message.Properties.GetValueOrDefault(MessageProperties.Buffer, string.Empty);

    /// <summary>The batch with one digit of a point's value changed, and all properties as they were. Null for a message without such a digit.</summary>
    public static HubMessage? ChangeValue(HubMessage message)
    {
        if (message.Properties.GetValueOrDefault(MessageProperties.Schema) is not BatchBody.Schema || FindDigit(message.Body.Span) is not { } at)
        {
            return null;
        }

        byte[] body = message.Body.ToArray();
        body[at] = body[at] == (byte)'9' ? (byte)'8' : (byte)(body[at] + 1);
        return message with { Body = body };
    }

    /// <summary>The batch with its records numbered one higher.</summary>
    public static HubMessage ChangeSequence(HubMessage message)
    {
        long seq = long.Parse(message.Properties[MessageProperties.Sequence], NumberStyles.None, CultureInfo.InvariantCulture) + 1;
        var properties = new Dictionary<string, string>(message.Properties, StringComparer.OrdinalIgnoreCase)
        {
            [MessageProperties.Sequence] = seq.ToString(CultureInfo.InvariantCulture),
        };
        return message with { Properties = properties.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase) };
    }

    // The last digit of the first number, so that it stays a number without a leading zero.
    private static int? FindDigit(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> member = "\"v\":"u8;
        for (int from = body.IndexOf(member); from >= 0;)
        {
            int start = from + member.Length;
            int length = body[start..].IndexOfAnyExcept(InNumbers);
            if (length > 0)
            {
                return start + length - 1;
            }

            int next = body[start..].IndexOf(member);
            from = next < 0 ? -1 : start + next;
        }

        return null;
    }
}
