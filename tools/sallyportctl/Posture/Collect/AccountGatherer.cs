using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Posture.Collect;

/// <summary>Accounts, from passwd(5) and shadow(5). A hash is looked at here and never goes anywhere.</summary>
internal static class AccountGatherer
{
    public static Section<AccountFacts> Gather(HostView host)
    {
        if (!host.Exists("/etc/shadow"))
        {
            return Section.Unknown<AccountFacts>("The host has no /etc/shadow.");
        }

        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string[] entry in host.Lines("/etc/shadow").Select(line => line.Split(':')).Where(entry => entry.Length > 1))
        {
            hashes.TryAdd(entry[0], entry[1]);
        }

        bool areTried = true;
        var accounts = ImmutableArray.CreateBuilder<Account>();
        foreach (string[] entry in host.Lines("/etc/passwd").Select(line => line.Split(':')).Where(entry => entry.Length is 7))
        {
            string name = entry[0];
            string? hash = entry[1] is "x" ? hashes.GetValueOrDefault(name) : entry[1];
            PasswordKind kind = PasswordHash.KindOf(hash);
            if (kind is PasswordKind.Hashed or PasswordKind.WeaklyHashed)
            {
                switch (PasswordHash.IsDefault(hash!, name))
                {
                    case true:
                        kind = PasswordKind.Default;
                        break;
                    case null:
                        areTried = false;
                        break;
                }
            }

            accounts.Add(new Account(
                name, int.TryParse(entry[2], NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : 0, HasShell(entry[6]), kind));
        }

        return accounts.Count is 0
            ? Section.Unknown<AccountFacts>("/etc/passwd has no account that can be understood.")
            : Section.Found(new AccountFacts(accounts.ToImmutable(), areTried));
    }

    private static bool HasShell(string shell) => Path.GetFileName(shell) is not ("nologin" or "false" or "sync" or "true");
}
