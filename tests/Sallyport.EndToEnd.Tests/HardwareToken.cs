using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests;

/// <summary>A place for keys that modules share: a token in software. And what they must be told to find it.</summary>
internal sealed class HardwareToken : IDisposable
{
    private const string Pin = "86420975";
    private const string SoftModule = "/usr/lib/softhsm/libsofthsm2.so";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-token-");
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    private HardwareToken()
    {
    }

    /// <summary>The variables of a module that uses it.</summary>
    public IReadOnlyDictionary<string, string> Variables => _variables;

    /// <summary>Where its files are; keys among them are wrapped by the PIN.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Of SoftHSM2.</summary>
    public static async Task<HardwareToken> InSoftwareAsync()
    {
        Peer.Require("softhsm2-util");
        var token = new HardwareToken();
        string configuration = Path.Combine(token.Folder, "softhsm2.conf");
        await File.WriteAllTextAsync(
            configuration, $"directories.tokendir = {token._folder.CreateSubdirectory("tokens").FullName}\nlog.level = ERROR\n", TestContext.Current.CancellationToken);
        token._variables["SOFTHSM2_CONF"] = configuration;
        await Command.RunAsync("softhsm2-util", token.Variables, "--init-token", "--free", "--label", "edge", "--pin", Pin, "--so-pin", "56789012");
        token.Tell("pkcs11", requiresHardware: "false", SoftModule);
        return token;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Tell(string providers, string requiresHardware, string module)
    {
        string pin = Path.Combine(Folder, "pin");
        File.WriteAllText(pin, Pin);
        _variables["Sallyport__DeviceKeys__Providers"] = providers;
        _variables["Sallyport__DeviceKeys__RequireHardware"] = requiresHardware;
        _variables["Sallyport__DeviceKeys__Pkcs11Module"] = module;
        _variables["Sallyport__DeviceKeys__Pkcs11Token"] = "edge";
        _variables["Sallyport__DeviceKeys__Pkcs11PinFile"] = pin;
    }
}
