using System.Runtime.InteropServices;

namespace Sallyport.TestKit;

/// <summary>A PKCS #11 token of libtpm2-pkcs11 in a TPM in software, behind the broker so that several processes can use it.</summary>
public sealed class TpmToken : IAsyncDisposable
{
    /// <summary>Its label.</summary>
    public const string Label = "edge";

    private const string Pin = "86420975";
    private const string OfficersPin = "13579246";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tpm-token-");
    private readonly TpmBroker _broker;

    private TpmToken(TpmBroker broker)
    {
        _broker = broker;
        Variables = new Dictionary<string, string>(broker.Variables, StringComparer.Ordinal)
        {
            ["TPM2_PKCS11_STORE"] = _folder.CreateSubdirectory("store").FullName,
            ["TPM2_PKCS11_LOG_LEVEL"] = "0",
        };
    }

    /// <summary>The module.</summary>
    public static string Module =>
        $"/usr/lib/{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64")}-linux-gnu/pkcs11/libtpm2_pkcs11.so";

    /// <summary>What a process needs in its environment to use it, besides the way to the TPM.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>Where its files are: the store and the PIN.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The socket on which the broker is reached.</summary>
    public string Socket => _broker.Bus;

    /// <summary>The user's PIN.</summary>
    public string PinFile => Path.Combine(Folder, "pin");

    /// <summary>Makes one. Without its programs the test is skipped.</summary>
    public static async Task<TpmToken> StartAsync()
    {
        Peer.Require("pkcs11-tool");
        if (!File.Exists(Module))
        {
            Peer.Missing($"{Module} is not installed.");
        }

        var token = new TpmToken(await TpmBroker.StartAsync());
        await File.WriteAllTextAsync(token.PinFile, Pin);

        // Not tpm2_ptool, which wants a package of Python that only it needs.
        await token.ToolAsync("--init-token", "--slot-index", "0", "--label", Label, "--so-pin", OfficersPin);
        await token.ToolAsync("--token-label", Label, "--init-pin", "--so-pin", OfficersPin, "--login", "--pin", Pin);
        return token;
    }

    /// <summary>Has another process make a key.</summary>
    public Task MakeKeyAsync(string label) =>
        ToolAsync("--token-label", Label, "--login", "--pin", Pin, "--keypairgen", "--key-type", "EC:prime256v1", "--label", label, "--usage-sign");

    /// <summary>What another process sees.</summary>
    public Task<string> ListAsync() => ToolAsync("--token-label", Label, "--login", "--pin", Pin, "--list-objects");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private Task<string> ToolAsync(params string[] arguments) => Command.RunAsync(
        "pkcs11-tool",
        new Dictionary<string, string>(Variables, StringComparer.Ordinal) { ["TPM2_PKCS11_TCTI"] = TpmBroker.Tcti },
        ["--module", Module, .. arguments]);
}
