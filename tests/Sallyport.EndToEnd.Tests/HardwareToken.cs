using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests;

/// <summary>A place for keys that modules share: a token in a TPM, or one in software. And what they must be told to find it.</summary>
internal sealed class HardwareToken : IAsyncDisposable
{
    private const string Pin = "86420975";
    private const string SoftModule = "/usr/lib/softhsm/libsofthsm2.so";

    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly Func<ValueTask> _end;
    private readonly TpmToken? _tpm;

    private HardwareToken(string folder, Func<ValueTask> end, TpmToken? tpm = null) => (Folder, _end, _tpm) = (folder, end, tpm);

    /// <summary>The variables of a module that uses it.</summary>
    public IReadOnlyDictionary<string, string> Variables => _variables;

    /// <summary>Where its files are; keys among them are wrapped by the TPM, or by the PIN.</summary>
    public string Folder { get; }

    /// <summary>Files and folders that a container needs to use it.</summary>
    public IEnumerable<string> Needed => _tpm is null ? [Folder] : [Folder, _tpm.Socket];

    /// <summary>Of libtpm2-pkcs11, behind the TPM itself in the order of providers, and no file behind it.</summary>
    public static async Task<HardwareToken> InTpmAsync()
    {
        TpmToken tpm = await TpmToken.StartAsync();
        var token = new HardwareToken(tpm.Folder, tpm.DisposeAsync, tpm);
        foreach ((string name, string value) in tpm.Variables)
        {
            token._variables[name] = value;
        }

        token._variables["Sallyport__DeviceKeys__Tcti"] = TpmBroker.Tcti;
        token.Tell("tpm,pkcs11", requiresHardware: "true", TpmToken.Module, tpm.PinFile);
        return token;
    }

    /// <summary>Of SoftHSM2.</summary>
    public static async Task<HardwareToken> InSoftwareAsync()
    {
        Peer.Require("softhsm2-util");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sallyport-token-");
        var token = new HardwareToken(folder.FullName, () =>
        {
            folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        });
        string configuration = Path.Combine(token.Folder, "softhsm2.conf");
        string pin = Path.Combine(token.Folder, "pin");
        await File.WriteAllTextAsync(pin, Pin);
        await File.WriteAllTextAsync(
            configuration, $"directories.tokendir = {folder.CreateSubdirectory("tokens").FullName}\nlog.level = ERROR\n", TestContext.Current.CancellationToken);
        token._variables["SOFTHSM2_CONF"] = configuration;
        await Command.RunAsync("softhsm2-util", token.Variables, "--init-token", "--free", "--label", TpmToken.Label, "--pin", Pin, "--so-pin", "56789012");
        token.Tell("pkcs11", requiresHardware: "false", SoftModule, pin);
        return token;
    }

    /// <summary>Makes its files somebody else's, as a volume of a container is.</summary>
    /// <param name="owner">User and group.</param>
    public Task GiveToAsync(string owner) => Command.RunAsync("chown", "--recursive", owner, Folder);

    /// <summary>The objects in it, as another process sees them.</summary>
    public Task<string> ListAsync() => _tpm!.ListAsync();

    public ValueTask DisposeAsync() => _end();

    private void Tell(string providers, string requiresHardware, string module, string pinFile)
    {
        _variables["Sallyport__DeviceKeys__Providers"] = providers;
        _variables["Sallyport__DeviceKeys__RequireHardware"] = requiresHardware;
        _variables["Sallyport__DeviceKeys__Pkcs11Module"] = module;
        _variables["Sallyport__DeviceKeys__Pkcs11Token"] = TpmToken.Label;
        _variables["Sallyport__DeviceKeys__Pkcs11PinFile"] = pinFile;
    }
}
