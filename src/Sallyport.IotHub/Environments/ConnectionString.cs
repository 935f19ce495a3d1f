namespace Sallyport.IotHub.Environments;

/// <summary>A connection string taken apart. Never printed: it holds a key.</summary>
internal sealed class ConnectionString
{
    private const int MaxLength = 4096;

    private readonly string _variable;
    private readonly Dictionary<string, string> _parts = new(StringComparer.OrdinalIgnoreCase);

    private ConnectionString(string variable) => _variable = variable;

    /// <summary>Reads <c>Name=Value;Name=Value</c>. A value may hold <c>=</c>.</summary>
    /// <param name="variable">Where it came from, for the message.</param>
    /// <param name="text">At most 4096 characters.</param>
    /// <exception cref="EdgeEnvironmentException">A part has no name or no value, or is there twice. The text is not quoted.</exception>
    public static ConnectionString Parse(string variable, string text)
    {
        if (text.Length > MaxLength)
        {
            throw new EdgeEnvironmentException(variable, $"it is longer than {MaxLength} characters.");
        }

        var connection = new ConnectionString(variable);
        foreach (string part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals == part.Length - 1 || !connection._parts.TryAdd(part[..equals], part[(equals + 1)..]))
            {
                throw new EdgeEnvironmentException(variable, "a part of it has no name or no value, or is there twice.");
            }
        }

        return connection;
    }

    /// <summary>A part, or null.</summary>
    public string? Find(string name) => _parts.GetValueOrDefault(name);

    /// <summary>A part.</summary>
    public string Get(string name) => Find(name) ?? throw new EdgeEnvironmentException(_variable, $"{name} is missing.");
}
