using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>Of people and of services.</summary>
internal sealed class Passwords : HostCheck<AccountFacts>
{
    public override string Id => "passwords";

    public override EventSeverity Severity => EventSeverity.Critical;

    public override string Demand => "No account has an empty, a default or a weakly hashed password, and nobody but root is root.";

    public override string Iec62443 => "SR 1.3, SR 1.5, SR 1.7";

    public override string Nist80082 => "IA-5, AC-2";

    public override string Remedy => "Lock the account (passwd -l) or give it a new password; remove accounts with the number 0 that are not root.";

    private protected override Section<AccountFacts> SectionOf(HostReport report) => report.Accounts;

    private protected override PostureVerdict Judge(AccountFacts found, PosturePolicy policy, DateTimeOffset at)
    {
        string[] wrong = [.. found.Accounts.Select(Wrong).OfType<string>()];
        if (wrong.Length > 0)
        {
            return PostureVerdict.Fail(string.Join("; ", wrong) + ".");
        }

        string[] hidden = [.. found.Accounts.Where(account => account.Password is PasswordKind.Hidden).Select(account => account.Name)];
        if (hidden.Length > 0 || found.Accounts.IsEmpty)
        {
            return PostureVerdict.CannotTell(hidden.Length > 0 ? $"No password entry was seen of {string.Join(", ", hidden)}." : "No account was seen.");
        }

        return found.DefaultsTried || found.Accounts.All(account => account.Password is PasswordKind.Locked)
            ? PostureVerdict.Pass($"{found.Accounts.Count(account => account.Password is PasswordKind.Locked)} of {found.Accounts.Length} accounts are locked; the others have a password of their own.")
            : PostureVerdict.CannotTell("Whether passwords are usual ones could not be tried.");
    }

    private static string? Wrong(Account account) => account switch
    {
        { UserId: 0, Name: not "root" } => $"{account.Name} has the rights of root",
        { Password: PasswordKind.Empty } => $"{account.Name} has an empty password",
        { Password: PasswordKind.Default } => $"{account.Name} has a default password",
        { Password: PasswordKind.WeaklyHashed } => $"the password of {account.Name} is weakly hashed",
        _ => null,
    };
}
