using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Sallyport.Identity.Keys;

namespace Sallyport.Hosting.Keys;

/// <summary>Reads <c>Sallyport__DeviceKeys__…</c>: the one place that does.</summary>
/// <param name="section">Those variables.</param>
/// <param name="keyFolder">Takes the keys of the provider <c>file</c>.</param>
/// <param name="isDevelopment">On a developer's machine alone a program may play the TPM. It is one if there is no Edge daemon, which no variable here can say.</param>
/// <param name="time">For the providers.</param>
public sealed class DeviceKeyVariables(IConfigurationSection section, string keyFolder, bool isDevelopment, TimeProvider time)
{
    /// <summary>The configuration section, and with double underscores the prefix of the variables.</summary>
    public const string Section = "Sallyport:DeviceKeys";

    private const string Providers = "Providers";
    private const string RequireHardware = "RequireHardware";
    private const string Tcti = "Tcti";
    private const string TpmHandle = "TpmHandle";
    private const string Pkcs11Module = "Pkcs11Module";
    private const string Pkcs11Token = "Pkcs11Token";
    private const string Pkcs11PinFile = "Pkcs11PinFile";
    private const uint FirstHandle = 0x81000002;
    private const uint LastHandle = 0x817ffffc;

    private static readonly string[] Known = [Providers, RequireHardware, Tcti, TpmHandle, Pkcs11Module, Pkcs11Token, Pkcs11PinFile];

    /// <summary>Null if no provider is configured: then the module has no keys of the gateway.</summary>
    /// <exception cref="StartRefusedException">A variable is missing, wrong or unknown.</exception>
    public DeviceKeyPlan? Read()
    {
        foreach (IConfigurationSection child in section.GetChildren())
        {
            if (!Known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                throw Refused(child.Key, $"no such variable; there are {string.Join(", ", Known)}");
            }
        }

        if (section[Providers] is not { Length: > 0 } list)
        {
            return section.GetChildren().FirstOrDefault() is { Key: var alone } ? throw Refused(alone, $"it does nothing without {NameOf(Providers)}") : null;
        }

        string[] names = list.Split(',', StringSplitOptions.TrimEntries);
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Length)
        {
            throw Refused(Providers, "a provider is there twice");
        }

        var requiresHardware = ReadFlag();
        if (requiresHardware && names.Contains("file", StringComparer.Ordinal))
        {
            throw Refused(Providers, $"a file is no hardware: leave it out, or set {NameOf(RequireHardware)} to false");
        }

        return new DeviceKeyPlan([.. names.Select(NewProvider)], requiresHardware);
    }

    private IDeviceKeyProvider NewProvider(string name) => name switch
    {
        "tpm" => new TpmKeyProvider(new TpmOptions(ReadTransport()) { FirstHandle = ReadHandle() }, time),
        "pkcs11" => new Pkcs11KeyProvider(new Pkcs11Options(ReadPath(Pkcs11Module), ReadText(Pkcs11Token), ReadPath(Pkcs11PinFile))
        {
            Transport = section[Tcti] is null ? null : ReadTransport(),
        }),
        "file" => new FileKeyProvider(keyFolder),
        _ => throw Refused(Providers, $"'{name}' is none of tpm, pkcs11, file"),
    };

    private bool ReadFlag() => section[RequireHardware] switch
    {
        null or "true" => true,
        "false" => false,
        _ => throw Refused(RequireHardware, "write true or false"),
    };

    private TpmTransport ReadTransport()
    {
        if (TpmTransport.TryRead(section[Tcti], out TpmTransport? transport, out var reason))
        {
            return transport;
        }

        return isDevelopment && section[Tcti] is { } tcti && tcti.StartsWith("swtpm:", StringComparison.Ordinal)
            ? TpmTransport.OfSimulator(tcti)
            : throw Refused(Tcti, reason);
    }

    private uint ReadHandle()
    {
        if (section[TpmHandle] is not { } text)
        {
            return 0x81000010;
        }

        return text.StartsWith("0x", StringComparison.Ordinal)
            && uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var handle)
            && handle is >= FirstHandle and <= LastHandle
            ? handle
            : throw Refused(TpmHandle, $"write the first of four free persistent handles, 0x{FirstHandle:x8} to 0x{LastHandle:x8}");
    }

    private string ReadText(string key) => section[key] is { Length: > 0 } text ? text : throw Refused(key, "the provider pkcs11 needs it");

    private string ReadPath(string key) => ReadText(key) is var path && Path.IsPathFullyQualified(path) ? path : throw Refused(key, "write the full path");

    private static string NameOf(string key) => $"Sallyport__DeviceKeys__{key}";

    private static StartRefusedException Refused(string key, string reason) => new(NameOf(key), reason);
}
