using System.Text.Json.Serialization;

namespace Sallyport.Posture.Report;

/// <summary>What was gathered about one thing of the host: exactly one of found, absent and unknown.</summary>
/// <typeparam name="T">What there is to know about it.</typeparam>
public sealed record Section<T>
    where T : class
{
    /// <summary>What was found.</summary>
    public T? Found { get; init; }

    /// <summary>Why the host has no such thing: one sentence.</summary>
    public string? Absent { get; init; }

    /// <summary>Why it could not be found out: one sentence.</summary>
    public string? Unknown { get; init; }

    /// <summary>Whether it says exactly one thing.</summary>
    [JsonIgnore]
    public bool IsSound => (Found is null ? 0 : 1) + (Absent is null ? 0 : 1) + (Unknown is null ? 0 : 1) == 1;
}

/// <summary>Makes sections.</summary>
public static class Section
{
    /// <summary>It was found out.</summary>
    public static Section<T> Found<T>(T found)
        where T : class => new() { Found = found };

    /// <summary>The host has no such thing.</summary>
    public static Section<T> Absent<T>(string reason)
        where T : class => new() { Absent = reason };

    /// <summary>It could not be found out.</summary>
    public static Section<T> Unknown<T>(string reason)
        where T : class => new() { Unknown = reason };
}
