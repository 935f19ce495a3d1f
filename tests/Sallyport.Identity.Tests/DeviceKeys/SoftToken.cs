using Sallyport.Identity.Keys;
using Sallyport.TestKit;

namespace Sallyport.Identity.Tests.DeviceKeys;

/// <summary>SoftHSM2 with two tokens. One store for all tests of the process: the module reads its configuration once.</summary>
internal sealed class SoftToken
{
    public const string Module = "/usr/lib/softhsm/libsofthsm2.so";
    public const string Pin = "74310985";
    public const string Usual = "edge";

    /// <summary>Nobody logs in to it rightly, so that a wrong PIN is seen to be wrong.</summary>
    public const string Strict = "strict";

    private static readonly SemaphoreSlim Making = new(1, 1);
    private static SoftToken? _made;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("token");

    public string PinFile => Path.Combine(Pins, "pin");

    // Apart from what the token keeps, in which no PIN may be found; tests run in any order.
    private string Pins => Path.Combine(_folder.FullName, "pins");

    public static async Task<SoftToken> GetAsync()
    {
        Peer.Require("softhsm2-util");
        await Making.WaitAsync();
        try
        {
            return _made ??= await MakeAsync();
        }
        finally
        {
            Making.Release();
        }
    }

    /// <summary>A provider with keys that no other test sees.</summary>
    public Pkcs11KeyProvider Provider(string prefix) => new(new Pkcs11Options(Module, Usual, PinFile) { LabelPrefix = prefix });

    public string WritePin(string name, string pin)
    {
        string path = Path.Combine(Directory.CreateDirectory(Pins).FullName, name);
        File.WriteAllText(path, pin + "\n");
        return path;
    }

    /// <summary>All files but those of PINs.</summary>
    public IEnumerable<string> Files() => Directory.EnumerateFiles(_folder.FullName, "*", SearchOption.AllDirectories)
        .Where(file => !string.Equals(Path.GetDirectoryName(file), Pins, StringComparison.Ordinal));

    private static async Task<SoftToken> MakeAsync()
    {
        var token = new SoftToken();
        string store = Directory.CreateDirectory(Path.Combine(token._folder.FullName, "tokens")).FullName;
        string configuration = Path.Combine(token._folder.FullName, "softhsm2.conf");
        await File.WriteAllTextAsync(configuration, $"directories.tokendir = {store}\nlog.level = ERROR\n");
        token.WritePin("pin", Pin);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["SOFTHSM2_CONF"] = configuration };
        foreach (string label in (string[])[Usual, Strict])
        {
            await Command.RunAsync("softhsm2-util", variables, "--init-token", "--free", "--label", label, "--pin", Pin, "--so-pin", "56789012");
        }

        ProcessEnvironment.Set("SOFTHSM2_CONF", configuration);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => token._folder.Delete(recursive: true);
        return token;
    }
}
