using System.Buffers;

namespace Sallyport.IotHub.Wire;

/// <summary>The <c>?$rid=…</c> part of a topic.</summary>
internal static class RequestId
{
    private const string Start = "?$rid=";
    private const int MaxLength = 256;

    // An id of a method call goes into the topic of its answer, so nothing may be in it that a topic cannot hold.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("+#/\0");

    /// <summary>Reads the id up to the next parameter; false if there is none or it is not fit for a topic.</summary>
    public static bool TryRead(ReadOnlySpan<char> query, out string requestId)
    {
        requestId = "";
        if (!query.StartsWith(Start, StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> rest = query[Start.Length..];
        int end = rest.IndexOf('&');
        ReadOnlySpan<char> id = end < 0 ? rest : rest[..end];
        if (id.IsEmpty || id.Length > MaxLength || id.ContainsAny(Forbidden))
        {
            return false;
        }

        requestId = id.ToString();
        return true;
    }
}
