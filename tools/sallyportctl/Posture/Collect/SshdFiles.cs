using System.Collections.Immutable;
using System.Text;
using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Posture.Collect;

/// <summary>sshd_config(5): of each keyword the first value counts; a <c>Match</c> block ends with its file or the next one.</summary>
internal sealed class SshdFiles
{
    private const int DeepestInclude = 16;

    private readonly SortedDictionary<string, string> _global = new(StringComparer.Ordinal);
    private readonly List<SshSetting> _matched = [];
    private readonly List<string> _hostKeys = [];
    private string? _match;

    /// <summary>No file at all.</summary>
    public static SshdFiles Empty { get; } = new();

    /// <summary>The keywords that the checks look at, and what holds when no file says anything, as <c>sshd -T</c> prints it.</summary>
    public static IReadOnlyDictionary<string, string> Defaults { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["kbdinteractiveauthentication"] = "yes",
        ["maxauthtries"] = "6",
        ["passwordauthentication"] = "yes",
        ["permitemptypasswords"] = "no",
        ["permitrootlogin"] = "without-password",
        ["x11forwarding"] = "no",
    };

    /// <summary>Settings for all connections.</summary>
    public ImmutableArray<SshSetting> Global => [.. Defaults.Select(one => new SshSetting(one.Key, _global.GetValueOrDefault(one.Key, one.Value)))];

    /// <summary>Settings in <c>Match</c> blocks.</summary>
    public ImmutableArray<SshSetting> Matched => [.. _matched];

    /// <summary>Files of the host keys.</summary>
    public IReadOnlyList<string> HostKeys =>
        _hostKeys.Count > 0 ? _hostKeys : ["/etc/ssh/ssh_host_rsa_key", "/etc/ssh/ssh_host_ecdsa_key", "/etc/ssh/ssh_host_ed25519_key"];

    /// <summary>Reads a file and all that it includes.</summary>
    public static SshdFiles Read(HostView host, string path)
    {
        var files = new SshdFiles();
        files.Add(host, path, depth: 0);
        return files;
    }

    private void Add(HostView host, string path, int depth)
    {
        if (depth > DeepestInclude)
        {
            throw new IOException($"{path}: too many files include each other.");
        }

        foreach (string line in host.Lines(path))
        {
            string[] words = Words(line);
            if (words.Length > 0)
            {
                Add(host, words[0].ToLowerInvariant(), words[1..], depth);
            }
        }
    }

    private void Add(HostView host, string keyword, string[] values, int depth)
    {
        switch (keyword)
        {
            case "include":
                string? outer = _match;
                foreach (string file in values.SelectMany(pattern => Matching(host, pattern)))
                {
                    Add(host, file, depth + 1);
                    _match = outer;
                }

                break;
            case "match":
                _match = string.Join(' ', values);
                break;
            case "hostkey" when _match is null && values.Length > 0:
                _hostKeys.Add(values[0]);
                break;
            default:
                Set(keyword is "challengeresponseauthentication" or "skeyauthentication" ? "kbdinteractiveauthentication" : keyword, values);
                break;
        }
    }

    private void Set(string keyword, string[] values)
    {
        if (!Defaults.ContainsKey(keyword) || values.Length is 0)
        {
            return;
        }

        string value = values[0].ToLowerInvariant() is "prohibit-password" ? "without-password" : values[0].ToLowerInvariant();
        if (_match is null)
        {
            _global.TryAdd(keyword, value);
        }
        else
        {
            _matched.Add(new SshSetting(keyword, value, _match));
        }
    }

    private static IEnumerable<string> Matching(HostView host, string pattern)
    {
        string full = pattern.StartsWith('/') ? pattern : "/etc/ssh/" + pattern;
        string folder = Path.GetDirectoryName(full)!;
        return host.Names(folder, Path.GetFileName(full)).Where(name => !name.StartsWith('.')).Select(name => Path.Combine(folder, name));
    }

    // Words are parted by blanks, the first one also by =; "" keeps blanks together; # begins a comment.
    private static string[] Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool isQuoted = false;
        foreach (char letter in line)
        {
            if (letter is '#' && !isQuoted && word.Length is 0)
            {
                break;
            }

            bool isEnd = !isQuoted && (letter is ' ' or '\t' or '\r' || (letter is '=' && words.Count is 0));
            if (letter is '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isEnd)
            {
                word.Append(letter);
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words.Count > 1 && words[1] is "=" ? [words[0], .. words[2..]] : [.. words];
    }
}
