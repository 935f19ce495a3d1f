using Sallyport.Identity;
using Sallyport.IotHub.Wire;

namespace Sallyport.IotHub.Environments;

/// <summary>The environment that iotedgehubdev gives: a connection string and a file with the root.</summary>
internal static class DevelopmentEnvironment
{
    /// <summary>The variable that counts; the other one is asked when it is absent.</summary>
    public const string Variable = "EdgeHubConnectionString";

    private const string OtherVariable = "IotHubConnectionString";
    private const string RootVariable = "EdgeModuleCACertificateFile";

    /// <summary>Reads the connection string; null if there is none.</summary>
    /// <exception cref="EdgeEnvironmentException">It is wrong, or the file is not named.</exception>
    public static EdgeEnvironment? TryRead(IReadOnlyDictionary<string, string?> variables)
    {
        var read = new EnvironmentVariables(variables);
        string variable = read.Find(Variable) is null ? OtherVariable : Variable;
        if (read.Find(variable) is not { } text)
        {
            return null;
        }

        ConnectionString parts = ConnectionString.Parse(variable, text);
        HostAddress hub = EnvironmentVariables.Host(variable, parts.Get("HostName"), "HostName");
        HostAddress gateway = parts.Find("GatewayHostName") is { } name ? EnvironmentVariables.Host(variable, name, "GatewayHostName") : hub;
        (string Text, SasToken Token)? token = Token(variable, parts);
        string rootFile = read.Get(RootVariable);
        return new EdgeEnvironment(
            Identity(variable, parts),
            hub.Name,
            gateway,
            ReferenceEquals(gateway, hub) ? LinkProfile.IotHub : LinkProfile.EdgeHub,
            token is null ? Key(variable, parts) : new AbsentKey(),
            cancellationToken => RootFile.ReadAsync(RootVariable, rootFile, cancellationToken))
        {
            IsDevelopment = true,
            ConfiguredToken = token,
        };
    }

    private static ClientIdentity Identity(string variable, ConnectionString parts) => new(
        EnvironmentVariables.Id(variable, parts.Get("DeviceId"), "DeviceId"),
        parts.Find("ModuleId") is { } id ? EnvironmentVariables.Id(variable, id, "ModuleId") : "");

    private static SharedAccessKey Key(string variable, ConnectionString parts)
    {
        try
        {
            return SharedAccessKey.Parse(parts.Get("SharedAccessKey"));
        }
        catch (FormatException e)
        {
            throw new EdgeEnvironmentException(variable, $"SharedAccessKey is wrong. {e.Message}");
        }
    }

    private static (string Text, SasToken Token)? Token(string variable, ConnectionString parts)
    {
        if (parts.Find("SharedAccessSignature") is not { } text)
        {
            return null;
        }

        return SasToken.TryParse(text, out SasToken? token, out string reason)
            ? (text, token)
            : throw new EdgeEnvironmentException(variable, $"SharedAccessSignature is wrong. {reason}");
    }
}
