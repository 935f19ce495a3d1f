using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Sallyport.IotHub.Environments;

namespace Sallyport.IotHub.Provisioning;

/// <summary>Which provisioning service, which scope of it, and which device.</summary>
public sealed record ProvisioningTarget
{
    /// <summary>The service of the public cloud.</summary>
    public const string GlobalHost = "global.azure-devices-provisioning.net";

    /// <summary>The longest custom payload, in bytes.</summary>
    public const int MaxPayloadSizeInBytes = 32 * 1024;

    private const int MaxRegistrationId = 128;
    private const int MaxScope = 32;

    private static readonly SearchValues<char> RegistrationCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._:");

    private static readonly SearchValues<char> ScopeCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    private ProvisioningTarget(string scope, string registrationId, HostAddress host) => (IdScope, RegistrationId, Host) = (scope, registrationId, host);

    /// <summary>The ID scope, for example <c>0ne00000A0A</c>.</summary>
    public string IdScope { get; }

    /// <summary>The registration id, which is the common name of the device's certificate.</summary>
    public string RegistrationId { get; }

    /// <summary>What the service's allocation is given: JSON, empty for nothing.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Name or address, and port.</summary>
    public string HostText => Host.Port == HostAddress.DefaultPort ? Host.Name : $"{Host.Name}:{Host.Port}";

    /// <summary>Where the socket goes, and what the service's certificate must name.</summary>
    internal HostAddress Host { get; }

    /// <summary>Whether a text can be an ID scope.</summary>
    public static bool IsIdScope(string text) => text.Length is > 0 and <= MaxScope && !text.AsSpan().ContainsAnyExcept(ScopeCharacters);

    /// <summary>Whether a text can be a registration id: 1 to 128 letters, digits and <c>-._:</c>, the last one a letter, a digit or a dash.</summary>
    public static bool IsRegistrationId(string text) =>
        text.Length is > 0 and <= MaxRegistrationId && !text.AsSpan().ContainsAnyExcept(RegistrationCharacters) && (char.IsAsciiLetterOrDigit(text[^1]) || text[^1] == '-');

    /// <summary>Whether a text is a host name or address, with or without a port.</summary>
    public static bool IsHost(string text) => HostAddress.TryParse(text) is not null;

    /// <summary>Puts a target together.</summary>
    /// <returns>False if one of the three is not what its check above wants.</returns>
    public static bool TryCreate(string idScope, string registrationId, string host, [NotNullWhen(true)] out ProvisioningTarget? target)
    {
        target = IsIdScope(idScope) && IsRegistrationId(registrationId) && HostAddress.TryParse(host) is { } address
            ? new ProvisioningTarget(idScope, registrationId, address)
            : null;
        return target is not null;
    }
}
