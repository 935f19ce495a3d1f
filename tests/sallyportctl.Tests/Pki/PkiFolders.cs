using Azure.Security.KeyVault.Certificates;
using Microsoft.Extensions.Time.Testing;

namespace Sallyport.Ctl.Tests.Pki;

/// <summary>A plant's authorities in a folder, made by the command itself.</summary>
internal sealed class PkiFolders : IDisposable
{
    public const string Passphrase = "correct horse battery";

    private readonly TemporaryFolder _folder = new();

    /// <param name="now">The time; the real one if left out, so that other programs accept what was made.</param>
    public PkiFolders(DateTimeOffset? now = null)
    {
        Time = new FakeTimeProvider(now ?? TimeProvider.System.GetUtcNow());
        _folder.Write("passphrase", Passphrase + "\n");
    }

    public FakeTimeProvider Time { get; }

    /// <summary>Makes a client of a vault that plays Azure's.</summary>
    public Func<Uri, CertificateClient>? OpenVault { get; init; }

    public string Root => _folder["plant/root"];

    public string Issuing => _folder["plant/issuing"];

    public string this[string name] => _folder[name];

    public async Task<string> InitAsync() =>
        await GoodAsync("pki", "init", _folder["plant"], "--name", "Plant 1", "--crl-url", "http://crl.example/");

    /// <summary>Runs a command that must succeed; the passphrase file is added where the verb takes one.</summary>
    public async Task<string> GoodAsync(params string[] arguments)
    {
        (ExitCode code, string output, string errors) = await RunAsync(arguments);
        Assert.True(code is ExitCode.Good, errors);
        return output;
    }

    public async Task<string> BadAsync(params string[] arguments)
    {
        (ExitCode code, _, string errors) = await RunAsync(arguments);
        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.DoesNotContain(Passphrase, errors, StringComparison.Ordinal);
        return errors;
    }

    /// <summary>Runs a command that finds something wrong.</summary>
    public async Task<string> ProblemsAsync(params string[] arguments)
    {
        (ExitCode code, string output, string errors) = await RunAsync(arguments);
        Assert.True(code is ExitCode.Problems, output + errors);
        return output;
    }

    public async Task<string> RequestAsync(string name, params string[] order)
    {
        await GoodAsync(["pki", "request", "--name", name, "--key", _folder[$"{name}.key"], "--out", _folder[$"{name}.csr"], .. order]);
        return _folder[$"{name}.csr"];
    }

    public async Task<string> IssueAsync(string name, params string[] order)
    {
        string request = await RequestAsync(name, order);
        await GoodAsync(["pki", "issue", Issuing, "--csr", request, "--name", name, "--out", _folder[$"{name}.pem"], .. order]);
        return _folder[$"{name}.pem"];
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(ExitCode Code, string Output, string Errors)> RunAsync(string[] arguments)
    {
        using var bench = new Bench { Time = Time, OpenVault = OpenVault };
        bool takesPassphrase = arguments[1] is not ("request" or "list" or "inspect" or "vault");
        ExitCode code = await bench.RunAsync([.. arguments, .. takesPassphrase ? ["--passphrase-file", _folder["passphrase"]] : Array.Empty<string>()]);
        return (code, bench.Output, bench.Errors);
    }
}
