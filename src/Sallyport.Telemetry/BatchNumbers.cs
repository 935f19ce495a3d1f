using System.Diagnostics.CodeAnalysis;

namespace Sallyport.Telemetry;

/// <summary>The numbers that stand for <c>msgType</c> and <c>quality</c> where a ring seals them. They are written to devices and go into seals: none ever changes.</summary>
public static class BatchNumbers
{
    private static readonly (MessageType Type, byte Number)[] Contents =
    [
        (MessageType.Telemetry, 1),
        (MessageType.Status, 2),
        (MessageType.Metadata, 3),
        (MessageType.Security, 4),
        (MessageType.Posture, 5),
        (MessageType.Audit, 6),
        (MessageType.Diag, 7),
        (MessageType.Metrics, 8),
    ];

    private static readonly (Quality? Quality, byte Number)[] Marks =
        [(null, 0), (Quality.Good, 1), (Quality.Uncertain, 2), (Quality.Bad, 3)];

    /// <summary>The content number of a type.</summary>
    public static byte ContentOf(MessageType type) => Array.Find(Contents, row => row.Type == type).Number;

    /// <summary>The type of a content number. False for any other number.</summary>
    public static bool TryReadContent(byte number, [NotNullWhen(true)] out MessageType? type)
    {
        type = Array.Find(Contents, row => row.Number == number).Type;
        return type is not null;
    }

    /// <summary>The mark number of a quality; null is for records that do not say any. Worse has a higher number.</summary>
    public static byte MarkOf(Quality? quality) => Array.Find(Marks, row => row.Quality == quality).Number;

    /// <summary>The quality of a mark number. False for any other number.</summary>
    public static bool TryReadMark(byte number, out Quality? quality)
    {
        int at = Array.FindIndex(Marks, row => row.Number == number);
        quality = at < 0 ? null : Marks[at].Quality;
        return at >= 0;
    }
}
