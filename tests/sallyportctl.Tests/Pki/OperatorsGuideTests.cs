using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Sallyport.Ctl.Pki;
using Sallyport.Ctl.Tests.Pki.Vault;
using Sallyport.TestKit;

namespace Sallyport.Ctl.Tests.Pki;

/// <summary>The commands of docs/operations/certificates.md, run one after the other as an operator would.</summary>
public sealed partial class OperatorsGuideTests
{
    private const string VaultAddress = "https://plant.vault.azure.net/";

    private static readonly string Guide = File.ReadAllText(RepositoryRoot.Combine("docs", "operations", "certificates.md"));

    [Fact]
    public async Task The_commands_work_in_the_order_of_the_page()
    {
        await using var vault = new VaultDouble();
        await vault.StartAsync();
        using var plant = new PkiFolders { OpenVault = vault.Open };
        string[][] commands = [.. Block.Matches(Guide).SelectMany(block => Command.Matches(block.Value)).Select(line => Arguments(line.Groups["arguments"].Value))];
        Assert.Equal(18, commands.Length);
        foreach (string[] command in commands)
        {
            string[] arguments = [.. command.Select(argument => Resolve(argument, plant, vault))];
            await plant.GoodAsync(arguments);
            if (command[1] is "init")
            {
                // The gateway makes its own.
                await plant.GoodAsync("pki", "request", "--profile", "device", "--name", "gw-0001", "--key", plant["plant/gw-0001.key"], "--out", plant["plant/gw-0001.csr"]);
            }
        }
    }

    private static string Resolve(string argument, PkiFolders plant, VaultDouble vault) => argument switch
    {
        "SERIAL" => SerialOf(plant["plant/gw-0001-bootstrap.pem"]),
        VaultAddress => vault.Address.AbsoluteUri,
        _ when argument is "plant" || argument.StartsWith("plant/", StringComparison.Ordinal) => plant[argument],
        _ => argument,
    };

    private static string SerialOf(string path)
    {
        using X509Certificate2 certificate = CertificateFiles.Read(path)[0];
        return certificate.SerialNumber;
    }

    private static string[] Arguments(string line) => [.. Argument.Matches(line).Select(match => match.Value.Trim('"'))];

    [GeneratedRegex("```sh\n[^`]+```", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Block { get; }

    [GeneratedRegex("sallyportctl (?<arguments>pki [^\n]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Command { get; }

    [GeneratedRegex("\"[^\"]*\"|[^ ]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Argument { get; }
}
