using System.Buffers;

namespace Sallyport.IotHub.Environments;

/// <summary>Reads variables, and says which is wrong and why.</summary>
internal sealed class EnvironmentVariables(IReadOnlyDictionary<string, string?> variables)
{
    private const int MaxIdLength = 128;

    // What IoT Hub allows in an id, less '+' and '#': those cannot stand in an MQTT topic.
    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-:.%_*?!(),=@;$'");

    /// <summary>The value, or null when it is absent or empty.</summary>
    public string? Find(string variable) => variables.TryGetValue(variable, out string? value) && !string.IsNullOrWhiteSpace(value) ? value : null;

    /// <summary>The value.</summary>
    public string Get(string variable) => Find(variable) ?? throw new EdgeEnvironmentException(variable, "it is not set.");

    /// <summary>The value as a host.</summary>
    public HostAddress GetHost(string variable) => Host(variable, Get(variable), "it");

    /// <summary>The value as an id.</summary>
    public string GetId(string variable) => Id(variable, Get(variable), "it");

    /// <summary>A part of a variable as a host.</summary>
    public static HostAddress Host(string variable, string value, string part) =>
        HostAddress.TryParse(value) ?? throw new EdgeEnvironmentException(variable, $"{part} is not a host name or address, with or without ':port'.");

    /// <summary>Whether a text can be the id of a device or module.</summary>
    public static bool IsId(string value) => value.Length is > 0 and <= MaxIdLength && !value.AsSpan().ContainsAnyExcept(IdCharacters);

    /// <summary>A part of a variable as an id.</summary>
    public static string Id(string variable, string value, string part) =>
        IsId(value)
            ? value
            : throw new EdgeEnvironmentException(
                variable, $"{part} is not an id of 1 to {MaxIdLength} letters, digits and -:.%_*?!(),=@;$' ('+' and '#' cannot stand in a topic).");
}
