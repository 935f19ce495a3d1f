using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Posture.Collect;

/// <summary>Sockets that wait for others, from proc(5), and whose they are.</summary>
internal static class SocketGatherer
{
    // include/net/tcp_states.h: a TCP socket that listens; a UDP socket that is connected to nobody.
    private static readonly (string File, string Protocol, string State)[] Tables =
        [("/proc/net/tcp", "tcp", "0A"), ("/proc/net/tcp6", "tcp", "0A"), ("/proc/net/udp", "udp", "07"), ("/proc/net/udp6", "udp", "07")];

    public static Section<SocketFacts> Gather(HostView host)
    {
        if (!host.Exists("/proc/net/tcp"))
        {
            return Section.Unknown<SocketFacts>("/proc/net/tcp is not there.");
        }

        Dictionary<string, string> holders = Holders(host);
        var sockets = new List<ListeningSocket>();
        foreach ((string file, string protocol, string state) in Tables)
        {
            foreach (string[] row in host.Lines(file).Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            {
                if (row.Length > 9 && string.Equals(row[3], state, StringComparison.Ordinal) && TryRead(row[1], out IPEndPoint? local))
                {
                    sockets.Add(new ListeningSocket(protocol, local.Address.ToString(), local.Port, holders.GetValueOrDefault(row[9])));
                }
            }
        }

        return Section.Found(new SocketFacts(
        [
            .. sockets.Distinct().OrderBy(socket => socket.Protocol, StringComparer.Ordinal).ThenBy(socket => socket.Port).ThenBy(socket => socket.Address, StringComparer.Ordinal),
        ]));
    }

    /// <summary>An address as the kernel prints it: words of four bytes in the order of the host, which is little endian on all gateways, and the port.</summary>
    internal static bool TryRead(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IPEndPoint? endpoint)
    {
        endpoint = null;
        string[] parts = text.Split(':');
        if (parts.Length is not 2
            || parts[0].Length is not (8 or 32)
            || !ushort.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort port)
            || port is 0)
        {
            return false;
        }

        var bytes = new byte[parts[0].Length / 2];
        if (Convert.FromHexString(parts[0], bytes, out _, out _) is not System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        for (int word = 0; word < bytes.Length; word += 4)
        {
            bytes.AsSpan(word, 4).Reverse();
        }

        endpoint = new IPEndPoint(new IPAddress(bytes), port);
        return true;
    }

    private static Dictionary<string, string> Holders(HostView host)
    {
        var holders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string process in host.Names("/proc").Where(name => name.All(char.IsAsciiDigit)))
        {
            try
            {
                foreach (string descriptor in host.Names($"/proc/{process}/fd"))
                {
                    if (host.LinkOf($"/proc/{process}/fd/{descriptor}") is { } link && link.StartsWith("socket:[", StringComparison.Ordinal))
                    {
                        holders.TryAdd(link[8..^1], host.Line($"/proc/{process}/comm") ?? "");
                    }
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A process that ended meanwhile, or belongs to somebody else: its sockets are listed without a name.
            }
        }

        return holders;
    }
}
