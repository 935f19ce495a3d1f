using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Posture.Collect;

/// <summary>The SSH daemon: as it says itself where it does, else as its files say.</summary>
internal static class SshGatherer
{
    private const string ConfigurationFile = "/etc/ssh/sshd_config";

    public static async Task<Section<SshFacts>> GatherAsync(HostView host, CancellationToken stop)
    {
        ProgramOutcome daemon = await host.RunAsync("sshd", ["-T"], stop);
        if (daemon is ProgramOutcome.Missing && !host.Exists(ConfigurationFile))
        {
            return Section.Absent<SshFacts>("The host has no SSH daemon.");
        }

        SshdFiles files = host.Exists(ConfigurationFile) ? SshdFiles.Read(host, ConfigurationFile) : SshdFiles.Empty;
        return daemon is ProgramOutcome.Said said
            ? Section.Found(new SshFacts("sshd -T", [.. Effective(said.Output), .. files.Matched], HostKeys(host, HostKeyFiles(said.Output))))
            : Section.Found(new SshFacts("files", [.. files.Global, .. files.Matched], HostKeys(host, files.HostKeys)));
    }

    /// <summary>The settings in what <c>sshd -T</c> prints.</summary>
    internal static ImmutableArray<SshSetting> Effective(string output) =>
    [
        .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' ', 2))
            .Where(words => words.Length is 2 && SshdFiles.Defaults.ContainsKey(words[0]))
            .Select(words => new SshSetting(words[0], words[1]))
            .OrderBy(setting => setting.Keyword, StringComparer.Ordinal),
    ];

    private static string[] HostKeyFiles(string output) =>
        [.. output.Split('\n').Where(line => line.StartsWith("hostkey ", StringComparison.Ordinal)).Select(line => line[8..].Trim())];

    private static ImmutableArray<SshHostKey> HostKeys(HostView host, IEnumerable<string> files)
    {
        var keys = ImmutableArray.CreateBuilder<SshHostKey>();
        foreach (string file in files.Where(file => host.Exists(file)))
        {
            string[] words = (host.Line(file + ".pub") ?? "").Split(' ');
            keys.Add(new SshHostKey(file, words[0].Length > 0 ? words[0] : "unknown", words.Length > 1 ? Bits(words[0], words[1]) : 0, host.Written(file)));
        }

        return keys.ToImmutable();
    }

    // RFC 4253, 6.6: an RSA key is its name, e and n, each behind its length.
    private static int Bits(string kind, string encoded)
    {
        if (kind is not "ssh-rsa")
        {
            return kind switch
            {
                "ssh-ed25519" or "ecdsa-sha2-nistp256" => 256,
                "ecdsa-sha2-nistp384" => 384,
                "ecdsa-sha2-nistp521" => 521,
                _ => 0,
            };
        }

        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out int length))
        {
            return 0;
        }

        ReadOnlySpan<byte> rest = bytes.AsSpan(0, length);
        ReadOnlySpan<byte> part = [];
        for (int at = 0; at < 3; at++)
        {
            if (rest.Length < 4 || BinaryPrimitives.ReadInt32BigEndian(rest) is var size && (size < 0 || size > rest.Length - 4))
            {
                return 0;
            }

            part = rest.Slice(4, size);
            rest = rest[(4 + size)..];
        }

        return (int)new BigInteger(part, isUnsigned: true, isBigEndian: true).GetBitLength();
    }
}
