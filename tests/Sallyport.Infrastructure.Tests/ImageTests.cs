using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests;

/// <summary>What images are made of: the Dockerfiles, and the files that keys in a TPM or a token need. The images themselves are built and run in the end-to-end tests.</summary>
public sealed partial class ImageTests : IDisposable
{
    private static readonly string[] KeyHolders = ["CertificateManager", "SecureBuffer"];
    private static readonly string[] Tools = ["tpm2", "tpm2_create", "tpm2_createprimary", "tpm2_evictcontrol", "tpm2_flushcontext", "tpm2_getcap", "tpm2_load"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-image-");

    private static IEnumerable<string> Modules => Directory.GetDirectories(RepositoryRoot.Combine("modules")).Select(folder => Path.GetFileName(folder));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Dockerfiles_of_one_kind_differ_in_module_platform_and_ports_alone()
    {
        ILookup<bool, string> modules = Modules.ToLookup(module => KeyHolders.Contains(module, StringComparer.Ordinal));
        foreach (IGrouping<bool, string> kind in modules)
        {
            _ = Assert.Single(kind.SelectMany(module => (string[])[Plain(module, "amd64"), Plain(module, "arm64v8")]).Distinct(StringComparer.Ordinal));
        }

        _ = Assert.Single(Modules.Select(module => Plain(module, "amd64.debug")).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void The_modules_that_keep_keys_have_what_keys_need_and_the_others_do_not()
    {
        foreach (string module in Modules)
        {
            Assert.Equal(KeyHolders.Contains(module, StringComparer.Ordinal), Plain(module, "amd64").Contains("COPY --from=keys /keys /\n", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_keys_need_is_no_shell_and_all_libraries_and_its_packages_are_listed()
    {
        RequireKeyPackages();
        string script = RepositoryRoot.Combine("eng", "image-root.sh");
        _ = await Command.RunAsync(script, "base", In("base"));
        _ = await Command.RunAsync(script, "keys", In("keys"), In("base"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(In("base/usr/bin")));
        Assert.Equal(Tools, Directory.EnumerateFileSystemEntries(In("keys/usr/bin")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

        string[] files = [.. Directory.EnumerateFiles(In("keys"), "*", SearchOption.AllDirectories)];
        Assert.All(files, file => Assert.True(File.ResolveLinkTarget(file, returnFinalTarget: true) is null or { Exists: true }, $"{file} leads nowhere."));
        string[] has = [.. files.Concat(Directory.EnumerateFiles(In("base"), "*", SearchOption.AllDirectories)).Select(file => Path.GetFileName(file))];
        string dynamic = await Command.RunAsync(Peer.Require("readelf"), ["--dynamic", .. files.Where(file => !file.EndsWith(".json", StringComparison.Ordinal))]);
        Assert.All(Needed().Matches(dynamic).Select(match => match.Groups["library"].Value), library => Assert.Contains(library, has, StringComparer.Ordinal));

        JsonArray packages = JsonNode.Parse(await File.ReadAllTextAsync(In("keys/usr/share/sallyport/packages.cdx.json"), TestContext.Current.CancellationToken))!["components"]!.AsArray();
        Assert.All(
            (string[])["libengine-pkcs11-openssl", "libtpm2-pkcs11-1", "libtss2-tcti-tabrmd0", "tpm2-openssl", "tpm2-tools"],
            name => Assert.Contains(packages, package => string.Equals((string?)package!["name"], name, StringComparison.Ordinal)));
        JsonNode tools = packages.Single(package => (string?)package!["name"] is "tpm2-tools")!;
        Assert.Equal(await Command.RunAsync("dpkg-query", "--show", "--showformat", "${Version}", "tpm2-tools"), (string?)tools["version"]);
        Assert.Matches("^pkg:deb/[a-z]+/tpm2-tools@[^+:]+[?]arch=[a-z0-9]+&distro=", (string)tools["purl"]!);

        // What the base has is the base's.
        Assert.DoesNotContain(packages, package => ((string)package!["name"]!).StartsWith("libssl", StringComparison.Ordinal));
    }

    private static void RequireKeyPackages()
    {
        _ = Peer.Require("tpm2_getcap");
        _ = Peer.Require("dpkg-query");
        if (!File.Exists(TpmToken.Module))
        {
            Peer.Missing($"{TpmToken.Module} is not installed.");
        }
    }

    private static string Plain(string module, string file) => Platform().Replace(
        Ports().Replace(File.ReadAllText(RepositoryRoot.Combine("modules", module, $"Dockerfile.{file}")).Replace(module, "MODULE", StringComparison.Ordinal), "EXPOSE PORTS"), "--platform=PLATFORM ");

    private string In(string name) => Path.Combine(_folder.FullName, name);

    [GeneratedRegex("EXPOSE [0-9 ]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ports();

    [GeneratedRegex("--platform=linux/[a-z0-9]+ ", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Platform();

    [GeneratedRegex(@"\(NEEDED\)\s+Shared library: \[(?<library>[^]]+)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Needed();
}
